//! The box with the day's weather in the head of a page.

use super::super::super::words::Words;
use super::super::is_within;

/// 今日天气：多云转小雨　7℃—12℃; `High 38, Low 29. Rain by evening.`
pub(super) fn is_weather(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "今日天气",
        "明日天气",
        "天气预报",
        "今天天气",
        "今日天氣",
        "明日天氣",
        "天氣預報",
        "今明天气",
    ]);
    const BOXES: Words =
        Words::of(&["TODAY'S WEATHER", "TODAY’S WEATHER", "Today's weather", "Today's Weather", "WEATHER"]);
    if let Some(rest) = HEADS.strip(text) {
        return rest.starts_with(['：', ':', ' ', '\u{3000}']) && !rest.contains('。') && is_within(rest, 60);
    }
    BOXES.have(text) || is_forecast(text)
}

/// `High 38, Low 29. Rain by evening. Page A12`.
fn is_forecast(text: &str) -> bool {
    let degrees = |word: &str| word.trim_end_matches([',', '.', ';', '°', 'F', 'C']).parse::<i32>().is_ok();
    let mut words = text.split_whitespace();
    let high = matches!(words.next(), Some("High" | "Highs" | "HIGH" | "Low" | "Lows" | "LOW" | "High:" | "Low:"));
    let first = high && words.next().is_some_and(degrees);
    first && words.any(|word| matches!(word, "Low" | "LOW" | "Lows" | "High" | "HIGH" | "low" | "high"))
}
