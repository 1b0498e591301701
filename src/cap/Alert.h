#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::cap {

// Names and values are those of the Common Alerting Protocol 1.2 (OASIS, 1 July 2010), §3.2.
enum class Status { Actual, Exercise, System, Test, Draft };
enum class MsgType { Alert, Update, Cancel, Ack, Error };
enum class Scope { Public, Restricted, Private };
enum class Urgency { Immediate, Expected, Future, Past, Unknown };
enum class Severity { Extreme, Severe, Moderate, Minor, Unknown };
enum class Certainty { Observed, Likely, Possible, Unlikely, Unknown };

// As the standard spells them.
std::string_view name(Status value);
std::string_view name(MsgType value);
std::string_view name(Scope value);
std::string_view name(Urgency value);
std::string_view name(Severity value);
std::string_view name(Certainty value);
/// Nothing for any other word.
template <class Value>
std::optional<Value> valueOf(std::string_view word);
bool isCategory(std::string_view word);

/// WGS 84, degrees.
struct Point {
    double latitude = 0, longitude = 0;
    bool operator==(const Point&) const = default;
};
using Polygon = std::vector<Point>;  ///< at least four, the last one is the first
struct Circle {
    Point centre;
    double kilometres = 0;
};
struct Code {
    std::string valueName, value;
};

struct Area {
    std::string description;
    std::vector<Polygon> polygons;
    std::vector<Circle> circles;
    std::vector<Code> geocodes;
    std::vector<std::string> wards;  ///< what of `geocodes` is one of ours: AlertBook says
};

/// One <info>: what is told, in one language, about one kind of danger.
struct Info {
    std::string language = "en-US";  ///< RFC 3066; the standard's own default
    std::vector<std::string> categories;
    std::string event;
    Urgency urgency = Urgency::Unknown;
    Severity severity = Severity::Unknown;
    Certainty certainty = Certainty::Unknown;
    std::optional<base::WallTime> effective, onset, expires;
    std::string senderName, headline, description, instruction, contact;
    std::string web;  ///< http: or https:, else nothing
    std::vector<Area> areas;

    /// UI.md: Extreme or Severe, and Immediate or Expected.
    bool isEmergency() const;
};

/// Names one message for ever (§3.2.1, references).
struct Reference {
    std::string sender, identifier;
    base::WallTime sent;
    auto operator<=>(const Reference&) const = default;
};

struct Alert {
    static constexpr std::size_t kMaxBytes = 256 * 1024;
    Reference id;
    Status status = Status::Draft;
    MsgType msgType = MsgType::Alert;
    Scope scope = Scope::Private;
    std::vector<Reference> references;
    std::vector<Info> infos;

    /// The XML of one message; texts come as a person can see them (base::clean), markup in them as text.
    /// TooLarge (expected: bytes); Malformed with facts key (where: "info[2].area[1].polygon", "" for the
    /// whole) and expected (which rule: see Node.h). A document type or an entity is refused; nothing is
    /// fetched.
    static base::Result<Alert> parse(std::string_view xml);
};

}  // namespace tram::cap
