#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/Clock.h"
#include "base/Words.h"
#include "catalogue/Hours.h"
#include "catalogue/Values.h"

namespace tram::catalogue {

/// How values of fields are read by people, on a kiosk and on a phone alike.
class ValueWords {
  public:
    /// The words of a key in `language`, its {places} filled in.
    using Say = std::function<std::string(std::string_view key, const base::Words::Values& values)>;
    ValueWords(std::string language, Say say) : language_(std::move(language)), say_(std::move(say)) {}

    /// "Tiểu học", "1.110 học sinh", "8.000 đồng", "29/11/2026"; of opening hours a line for each group of
    /// days; of a list a line each, with a dot before it.
    std::string text(const FieldValue& value) const;
    std::string weekday(int day) const;  ///< 0 is Monday

  private:
    std::string say(std::string_view key) const { return say_(key, {}); }
    std::string days(int first, int last) const;
    std::string spans(const catalogue::Day& day) const;
    std::string hours(const std::string& written) const;
    std::string money(std::int64_t dong) const;
    std::string counted(const FieldValue& value) const;

    std::string language_;
    Say say_;
};

/// 2000 → "2.000" in Vietnamese, "2,000" in English.
std::string number(std::int64_t value, std::string_view language);
/// As people here write it, in the city's own time zone: "21/11/2026".
std::string day(base::WallTime time);
std::string day(const std::string& rfc3339);  ///< also of a date alone; "" when it is neither
std::string timeOfDay(int minute);            ///< "07:30", "24:00"

/// "https://vneid.gov.vn/…" → "vneid.gov.vn": where a link leads, for whoever is careful. Of a Link's value.
std::string hostOf(const std::string& link);
/// What dials a Phone's value: "tel:+842838292929" (RFC 3966).
std::string dialled(std::string_view phone);

}  // namespace tram::catalogue
