# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_wirefeed_global_optspecs
    string join \n v/verbose log-format= h/help V/version
end

function __fish_wirefeed_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_wirefeed_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_wirefeed_using_subcommand
    set -l cmd (__fish_wirefeed_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c wirefeed -n "__fish_wirefeed_needs_command" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_needs_command" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "serve" -d 'Watch the inbox and serve the feeds over HTTP'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "build" -d 'Read the inbox once, write every feed into a folder, and exit'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "parse" -d 'Show what the parser and the tagger see in wire files; touches nothing'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "check" -d 'Check the configuration, and print every URL that it would serve'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "retag" -d 'Label every story of the archive anew, after a change of topics or regions'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "hold" -d 'Take a story out of feeds, pages and searches until it is released'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "release" -d 'Show a story that is held, killed, withheld or under embargo'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "kill" -d 'Withdraw a story: its page says that it is gone, and feeds overwrite it with a notice'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "show" -d 'Tell all that is known of a story: its versions and files, and why it is not shown'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "retry" -d 'Put refused wire files back into the inbox, for another try: after an update, say, or with a larger `max_size`'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "trial" -d 'Read one wire file from standard input, to see whether that ends the process'
complete -c wirefeed -n "__fish_wirefeed_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s i -l inbox -d 'The folder that wire files are dropped into; overrides the configuration' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s a -l archive -d 'Where stories are kept, as sqlite:PATH; overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s l -l listen -d 'Address to serve at, as IP:PORT; port 0 takes a free one. Overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -l sample -d 'Try it: throw-away folders, with a sample page in the inbox'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand serve" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s i -l inbox -d 'The folder of wire files; overrides the configuration' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s a -l archive -d 'Keep stories there, as sqlite:PATH, and put read files away' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s o -l out -d 'The folder to write into; made if it is missing' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -l only -d 'Write the feeds in these formats and nothing else: no pages for people, no archive pages. What the feeds link to is then for a daemon at `base_url` to serve' -r -f -a "rss\t''
atom\t''
json\t''"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand build" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s f -l format -d 'How stories are printed' -r -f -a "ninjs\t'One IPTC ninjs 3.1 object a line'
text\t'For people'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s r -l received -d 'When the files were received, as 2024-11-19, 2024-11-19T08:00 or 2024-11-19T08:00:00+08:00 [default: when the file was last written]' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s c -l config -d 'Configuration file, for the time zone and the taxonomies' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s e -l explain -d 'Print the page with the role of each line in the margin, and the evidence for every tag'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand parse" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand check" -s a -l archive -d 'Check the archive instead: is it sound, and what waits there for somebody to look at? Ends with 1 when it is not sound' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand check" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand check" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand check" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand check" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -s a -l archive -d 'Where stories are kept, as sqlite:PATH; overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -s n -l dry-run -d 'Say what would move, and change nothing'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retag" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand hold" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand hold" -s a -l archive -d 'Where stories are kept, as sqlite:PATH; overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand hold" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand hold" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand hold" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand hold" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand release" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand release" -s a -l archive -d 'Where stories are kept, as sqlite:PATH; overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand release" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand release" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand release" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand kill" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand kill" -s a -l archive -d 'Where stories are kept, as sqlite:PATH; overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand kill" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand kill" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand kill" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand kill" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand show" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand show" -s a -l archive -d 'Where stories are kept, as sqlite:PATH; overrides the configuration' -r
complete -c wirefeed -n "__fish_wirefeed_using_subcommand show" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand show" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand show" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retry" -s c -l config -d 'Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one]' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retry" -s i -l inbox -d 'The folder that wire files are dropped into; overrides the configuration' -r -F
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retry" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retry" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand retry" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand trial" -l log-format -d 'How log lines are written to stderr' -r -f -a "auto\t'Journal where stderr leads to systemd\'s journal, else text'
text\t'For people'
json\t'One JSON object a line'
journal\t'Entries of systemd\'s journal, each field by itself'"
complete -c wirefeed -n "__fish_wirefeed_using_subcommand trial" -s v -l verbose -d 'Say more on stderr: -v for each file\'s remarks, -vv for everything'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand trial" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand trial" -s V -l version -d 'Print version'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "serve" -d 'Watch the inbox and serve the feeds over HTTP'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "build" -d 'Read the inbox once, write every feed into a folder, and exit'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "parse" -d 'Show what the parser and the tagger see in wire files; touches nothing'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "check" -d 'Check the configuration, and print every URL that it would serve'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "retag" -d 'Label every story of the archive anew, after a change of topics or regions'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "hold" -d 'Take a story out of feeds, pages and searches until it is released'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "release" -d 'Show a story that is held, killed, withheld or under embargo'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "kill" -d 'Withdraw a story: its page says that it is gone, and feeds overwrite it with a notice'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "show" -d 'Tell all that is known of a story: its versions and files, and why it is not shown'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "retry" -d 'Put refused wire files back into the inbox, for another try: after an update, say, or with a larger `max_size`'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "trial" -d 'Read one wire file from standard input, to see whether that ends the process'
complete -c wirefeed -n "__fish_wirefeed_using_subcommand help; and not __fish_seen_subcommand_from serve build parse check retag hold release kill show retry trial help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
