#include "cap/Alert.h"

#include <algorithm>
#include <array>

namespace tram::cap {

namespace {

template <class Value>
struct Words;
template <>
struct Words<Status> {
    static constexpr std::array<std::string_view, 5> k{"Actual", "Exercise", "System", "Test", "Draft"};
};
template <>
struct Words<MsgType> {
    static constexpr std::array<std::string_view, 5> k{"Alert", "Update", "Cancel", "Ack", "Error"};
};
template <>
struct Words<Scope> {
    static constexpr std::array<std::string_view, 3> k{"Public", "Restricted", "Private"};
};
template <>
struct Words<Urgency> {
    static constexpr std::array<std::string_view, 5> k{"Immediate", "Expected", "Future", "Past", "Unknown"};
};
template <>
struct Words<Severity> {
    static constexpr std::array<std::string_view, 5> k{"Extreme", "Severe", "Moderate", "Minor", "Unknown"};
};
template <>
struct Words<Certainty> {
    static constexpr std::array<std::string_view, 5> k{"Observed", "Likely", "Possible", "Unlikely",
                                                       "Unknown"};
};
constexpr std::array<std::string_view, 12> kCategories{"Geo",       "Met",   "Safety", "Security",
                                                       "Rescue",    "Fire",  "Health", "Env",
                                                       "Transport", "Infra", "CBRNE",  "Other"};

template <class Value>
std::string_view wordOf(Value value) {
    return Words<Value>::k.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view name(Status value) {
    return wordOf(value);
}
std::string_view name(MsgType value) {
    return wordOf(value);
}
std::string_view name(Scope value) {
    return wordOf(value);
}
std::string_view name(Urgency value) {
    return wordOf(value);
}
std::string_view name(Severity value) {
    return wordOf(value);
}
std::string_view name(Certainty value) {
    return wordOf(value);
}

template <class Value>
std::optional<Value> valueOf(std::string_view word) {
    const auto& all = Words<Value>::k;
    const auto found = std::ranges::find(all, word);
    if (found == all.end()) return {};
    return static_cast<Value>(found - all.begin());
}
template std::optional<Status> valueOf<Status>(std::string_view);
template std::optional<MsgType> valueOf<MsgType>(std::string_view);
template std::optional<Scope> valueOf<Scope>(std::string_view);
template std::optional<Urgency> valueOf<Urgency>(std::string_view);
template std::optional<Severity> valueOf<Severity>(std::string_view);
template std::optional<Certainty> valueOf<Certainty>(std::string_view);

bool isCategory(std::string_view word) {
    return std::ranges::find(kCategories, word) != kCategories.end();
}

bool Info::isEmergency() const {
    return (severity == Severity::Extreme || severity == Severity::Severe) &&
           (urgency == Urgency::Immediate || urgency == Urgency::Expected);
}

}  // namespace tram::cap
