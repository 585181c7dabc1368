//! Names that tell a dateline from a sentence with a dash in it: agencies, states, and cities that stand without one.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::words::Words;

/// Agencies and papers that sign a dateline in brackets.
const AGENCIES: &str = "\
AA|AAP|ABC|ADN|AFP|AGERPRES|AGI|AKI|AKIpress|ANI|ANP|ANSA|ANTARA|AP|APA|APP|APS|ATS|Anadolu|Anadolu Agency|\
Antara|Azertac|BBC|BELGA|BERNAMA|BNS|BSS|BTA|BUSINESS WIRE|BelTA|Belga|Bernama|Bloomberg|CBC|CBS|CNA|CNN|CNS|CP|\
Canadian Press|The Canadian Press|China News Service|Cox|CTK|DJ|DPA|Dow Jones|ECNS|EFE|ENA|GLOBE NEWSWIRE|GNA|\
HINA|Hina|IANS|IPS|IRIN|IRNA|ISNA|ITAR-TASS|Interfax|INTERFAX|JIJI|JTA|Jiji|Jiji Press|KCNA|KNA|KUNA|\
Knight Ridder|Kyodo|KYODO|Kyodo News|LETA|Lusa|MAP|MENA|MTI|NAMPA|NAN|NNN|NTB|NYT|Novosti|PA|PAP|PNA|PRNewswire|\
PTI|Petra|Press Association|Prensa Latina|QNA|REUTERS|RFE/RL|RIA Novosti|RNS|RSS|Reuters|Ritzau|SANA|SAPA|SPA|\
STA|STT|Sputnik|TANJUG|TAP|TASR|TASS|TT|Tanjug|UNI|UPI|UNB|VNA|WAM|XINHUA|Xinhua|YONHAP|Yonhap|dpa|dpa-AFX|\
AFX News|IANS-PRNewswire|Thomson Reuters Foundation|CNNMoney|ТАСС|ИТАР-ТАСС|РИА Новости|Интерфакс|Рейтер|\
Синьхуа|AFX|WSJ|Washington Post|Los Angeles Times|VOA|SID|KNS";

/// States and provinces as agencies print them after a town (AP Stylebook, “state names”; CP Stylebook).
const STATES: &str = "\
Ala.|Alaska|Ariz.|Ark.|Calif.|Colo.|Conn.|D.C.|Del.|Fla.|Ga.|Hawaii|Idaho|Ill.|Ind.|Iowa|Kan.|Kans.|Ky.|La.|\
Maine|Mass.|Md.|Mich.|Minn.|Miss.|Mo.|Mont.|N.C.|N.D.|N.H.|N.J.|N.M.|N.Y.|Neb.|Nev.|Ohio|Okla.|Ore.|Pa.|R.I.|\
S.C.|S.D.|Tenn.|Texas|Utah|Va.|Vt.|W.Va.|Wash.|Wis.|Wyo.|Alabama|Arizona|Arkansas|California|Colorado|\
Connecticut|Delaware|Florida|Georgia|Illinois|Indiana|Kansas|Kentucky|Louisiana|Maryland|Massachusetts|Michigan|\
Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|Oklahoma|Oregon|Pennsylvania|Tennessee|Vermont|Virginia|\
Washington|Wisconsin|Wyoming|Alta.|B.C.|Man.|N.B.|N.L.|N.S.|N.W.T.|Nunavut|Ont.|P.E.I.|Que.|Sask.|Yukon|Alberta|\
Ontario|Quebec|Manitoba|Saskatchewan|Nova Scotia|New Brunswick|New Jersey|New Mexico|New Hampshire|\
North Carolina|South Carolina|North Dakota|South Dakota|West Virginia";

/// Cities that agencies print without a country or state (AP Stylebook, “datelines”), and the capitals.
const CITIES: &str = "\
ABIDJAN|ABU DHABI|ABUJA|ACCRA|ADDIS ABABA|ADEN|ALGIERS|ALMATY|AMMAN|AMSTERDAM|ANKARA|ANTANANARIVO|APIA|ASHGABAT|\
ASTANA|ASUNCION|ATHENS|ATLANTA|AUCKLAND|BAGHDAD|BAKU|BALTIMORE|BAMAKO|BANGKOK|BANGALORE|BANJUL|BARCELONA|\
BEIJING|BEIRUT|BELFAST|BELGRADE|BENGALURU|BERLIN|BERN|BISHKEK|BOGOTA|BOSTON|BRASILIA|BRATISLAVA|BRUSSELS|\
BUCHAREST|BUDAPEST|BUENOS AIRES|CAIRO|CALCUTTA|CANBERRA|CAPE TOWN|CARACAS|CHENNAI|CHICAGO|CHISINAU|CINCINNATI|\
CLEVELAND|COLOMBO|CONAKRY|COPENHAGEN|DAKAR|DALLAS|DAMASCUS|DAR ES SALAAM|DENVER|DETROIT|DHAKA|DILI|DJIBOUTI|\
DOHA|DUBAI|DUBLIN|DUSHANBE|EDINBURGH|FRANKFURT|FREETOWN|GABORONE|GAZA|GENEVA|GEORGE TOWN|GIBRALTAR|\
GUATEMALA CITY|HAMBURG|HANOI|HARARE|HAVANA|HELSINKI|HO CHI MINH CITY|HONG KONG|HONOLULU|HOUSTON|HYDERABAD|\
INDIANAPOLIS|ISLAMABAD|ISTANBUL|JAKARTA|JERUSALEM|JOHANNESBURG|KABUL|KAMPALA|KARACHI|KATHMANDU|KHARTOUM|KIEV|\
KYIV|KIGALI|KINGSTON|KINSHASA|KOLKATA|KUALA LUMPUR|KUWAIT CITY|LA PAZ|LAGOS|LAHORE|LAS VEGAS|LIBREVILLE|\
LILONGWE|LIMA|LISBON|LJUBLJANA|LONDON|LOS ANGELES|LUANDA|LUSAKA|LUXEMBOURG|MACAU|MADRID|MALE|MANAGUA|MANAMA|\
MANILA|MAPUTO|MELBOURNE|MEXICO CITY|MIAMI|MILAN|MILWAUKEE|MINNEAPOLIS|MINSK|MOGADISHU|MONACO|MONROVIA|\
MONTEVIDEO|MONTREAL|MOSCOW|MUMBAI|MUNICH|MUSCAT|NAIROBI|NAYPYITAW|NDJAMENA|NEW DELHI|NEW ORLEANS|NEW YORK|\
NIAMEY|NICOSIA|NOUAKCHOTT|NUKU'ALOFA|OKLAHOMA CITY|OSLO|OTTAWA|OUAGADOUGOU|PANAMA CITY|PARAMARIBO|PARIS|\
PHILADELPHIA|PHNOM PENH|PHOENIX|PITTSBURGH|PODGORICA|PORT LOUIS|PORT MORESBY|PORT VILA|PORT-AU-PRINCE|PRAGUE|\
PRETORIA|PRISTINA|PYONGYANG|QUEBEC CITY|QUITO|RABAT|RAMALLAH|REYKJAVIK|RIGA|RIO DE JANEIRO|RIYADH|ROME|\
SALT LAKE CITY|SAN ANTONIO|SAN DIEGO|SAN FRANCISCO|SAN JOSE|SAN JUAN|SAN MARINO|SAN SALVADOR|SANAA|SANTIAGO|\
SANTO DOMINGO|SAO PAULO|SARAJEVO|SEATTLE|SEOUL|SHANGHAI|SINGAPORE|SKOPJE|SOFIA|SRINAGAR|ST. LOUIS|STOCKHOLM|\
SUVA|SYDNEY|TAIPEI|TALLINN|TASHKENT|TBILISI|TEGUCIGALPA|TEHRAN|TEL AVIV|THE HAGUE|THIMPHU|TIRANA|TOKYO|TORONTO|\
TRIPOLI|TUNIS|ULAANBAATAR|UNITED NATIONS|VADUZ|VALLETTA|VANCOUVER|VATICAN CITY|VICTORIA|VIENNA|VIENTIANE|\
VILNIUS|WARSAW|WASHINGTON|WELLINGTON|WINDHOEK|YANGON|YAOUNDE|YEREVAN|ZAGREB|ZURICH";

/// Labels that stand before a dash as places do, and opening words that a day may follow.
const NO_PLACES: &str = "\
ANALYSIS|ATHLETICS|BACKGROUND|BASEBALL|BASKETBALL|BOXING|BREAKING|BREAKINGVIEWS|BRIEF|BULLETIN|BUSINESS|\
CHRONOLOGY|COLUMN|COMMENT|COMMENTARY|CORRECTED|CRICKET|CYCLING|DEALTALK|EDITORIAL|ESSAY|EXCERPTS|EXCLUSIVE|\
EXPLAINED|EXPLAINER|FACT CHECK|FACTBOX|FEATURE|FLASH|FOOTBALL|FOR EDITORS|FOREX|GALLERY|GOLF|GRAPHIC|GYMNASTICS|\
HIGHLIGHTS|HOCKEY|IN DEPTH|IN PICTURES|INSIGHT|INSTANT VIEW|INTERVIEW|INVESTIGATION|JUST IN|KEY POINTS|LIST|\
LIVE|LIVE UPDATES|LIVEBLOG|MARKET REPORT|MARKETS|MOTOR RACING|NEWS ANALYSIS|NEWSMAKER|NOTE|NOTEBOOK|OBITUARY|\
OLYMPICS|OPINION|PHOTOS|PICTURES|POLL|PREVIEW|PROFILE|QUESTION|ANSWER|Q&A|QUOTES|RESULTS|REVIEW|ROUNDUP|RUGBY|\
RUGBY UNION|SAILING|SCENE|SCHEDULE|SCOREBOARD|SKIING|SOCCER|SPECIAL REPORT|SPORT|SPORTS|STANDINGS|STOCKS|\
SUMMARY|SWIMMING|TABLE|TAKE A LOOK|TENNIS|TEXT|TIMELINE|TOP NEWS|TREASURIES|UPDATE|UPDATED|URGENT|VIDEO|WATCH|\
WEATHER|WEEK AHEAD|WHAT WE KNOW|WINNERS|WRAPUP|YEAR IN REVIEW|U.S.|U.N.|U.K.|NATO|OPEC|ASEAN|NASA|FIFA|UEFA|\
AFTER|AS OF|AT|BEFORE|BETWEEN|BY|EARLY|FROM|IN|LAST|LATE|NEXT|ON|SINCE|THE|THIS|THROUGH|TODAY|TOMORROW|TONIGHT|\
UNTIL|YESTERDAY|SUNDAY|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|BUT|AND|DATED|EFFECTIVE|DUE|CLOSED|\
BORN|DIED|EMBARGOED|PUBLISHED|POSTED|ISSUED|RELEASED";

/// Whether the name is an agency's.
pub(super) fn is_agency(name: &str) -> bool {
    /// Houses that add the name of a service: `Yonhap Infomax`, `Xinhua/ANI`.
    const HOUSES: Words = Words::of(&["Reuters", "Xinhua", "AP", "AFP", "Kyodo", "Yonhap", "Bloomberg"]);
    static NAMES: Names = Names::new(|| AGENCIES.split('|').collect());
    !name.is_empty()
        && (NAMES.contains(name) || name.split_once(['/', ' ']).is_some_and(|(first, _)| HOUSES.have(first)))
}

/// `Ill.`, `Ont.`: a state or province in its printed form.
pub(super) fn is_state(name: &str) -> bool {
    static NAMES: Names = Names::new(|| STATES.split('|').collect());
    NAMES.contains(name)
}

/// `Boise, Idaho`.
pub(super) fn in_state(place: &str) -> bool {
    place.rsplit_once(", ").is_some_and(|(city, state)| is_state(state) && !city.contains(','))
}

/// `Kathmandu`, `NEW DELHI`: known well enough to stand without a country.
pub(super) fn is_city(place: &str) -> bool {
    static NAMES: Names = Names::new(|| CITIES.split('|').collect());
    place.len() <= 20 && NAMES.contains(place.to_ascii_uppercase().as_str())
}

/// FACTBOX, Tuesday, On: what stands before a dash or a day and is no place.
pub(super) fn is_no_place(place: &str) -> bool {
    static NAMES: Names = Names::new(|| NO_PLACES.split('|').collect());
    let first = place.split(',').next().unwrap_or(place);
    first.len() <= 20 && NAMES.contains(first.to_ascii_uppercase().as_str())
}

/// One of the lists above, in which a name is looked up.
type Names = LazyLock<HashSet<&'static str>>;
