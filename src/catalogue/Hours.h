#pragma once
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace tram::catalogue {

/// Minutes of a day, [from, to), to ≤ 24:00.
struct Span {
    int from = 0, to = 0;
    bool operator==(const Span&) const = default;
};
using Day = std::vector<Span>;  ///< in order, apart from each other; none: closed

/// Opening hours, in the part of OpenStreetMap's opening_hours that offices need:
/// "Mo-Fr 07:30-11:30,13:00-17:00; Sa 07:30-11:30; PH off", "24/7". A later rule replaces an earlier one for
/// its days. Days are the kiosk's own.
struct Hours {
    std::array<Day, 7> week;      ///< from Monday
    std::optional<Day> holidays;  ///< public holidays, when the source tells

    static std::optional<Hours> parse(std::string_view text);
    /// `weekday` 0 is Monday; `minute` of the day.
    bool openAt(int weekday, int minute) const;
    /// When it next opens or closes, within a week; nothing when it never does ("24/7", never open).
    struct Turn {
        bool opens;
        int daysAhead;  ///< 0 is today
        int minute;     ///< of that day; 24:00 is the next day's 0
        bool operator==(const Turn&) const = default;
    };
    std::optional<Turn> nextTurn(int weekday, int minute) const;
    bool operator==(const Hours&) const = default;
};

}  // namespace tram::catalogue
