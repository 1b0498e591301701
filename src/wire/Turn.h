#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Uuid.h"

namespace tram::wire {

/// Half a day, as appointments are asked for.
enum class HalfDay { Morning, Afternoon };
std::string_view name(HalfDay half);  ///< "morning", "afternoon"
std::optional<HalfDay> halfDayFrom(std::string_view text);

/// A group of counters of an office that share one queue.
struct TurnDesk {
    std::string id;                       ///< a slug
    std::string name;                     ///< in the source's words
    std::vector<std::string> procedures;  ///< ids of the catalogue's entries, or national codes; none: all
    bool open = false;                    ///< gives numbers now
    std::string opens;                    ///< "13:00": when it does again today; "" when not told
    std::optional<int> waiting;           ///< how many wait now
    std::optional<int> left;              ///< numbers that may still be given today
    std::optional<int> minutes;           ///< until one's turn, if the source estimates it

    bool serves(const std::string& id, const std::string& code) const;
    bool givesNumbers() const { return open && left.value_or(1) > 0; }
};

/// A day on which an office takes appointments.
struct TurnDay {
    std::string day;  ///< YYYY-MM-DD
    bool morning = false, afternoon = false;
};

/// What an office's queue offers; GET /v1/offices/{office}/turns.
struct TurnBoard {
    std::string office;                ///< a ward's code, or another id that the source knows
    std::string name, address, hours;  ///< in the source's words; may be ""
    std::vector<TurnDesk> desks;       ///< that give numbers, today
    bool appointments = false;         ///< a day can be asked for
    std::vector<TurnDay> days;         ///< with free places
    std::string source, asOf;

    std::string toJson() const;
    static base::Result<TurnBoard> parse(std::string_view json);
};

/// Body of POST /v1/offices/{office}/turns. The same id again gives the same number again.
struct TurnRequest {
    static constexpr std::size_t kMaxBytes = 1024;
    base::Uuid id;
    std::string desk;

    std::string toJson() const;
    static base::Result<TurnRequest> parse(std::string_view json);
};

/// A number, and what was known when it was given. Nothing in it says whose it is.
struct TurnTicket {
    std::string id;                ///< of the request
    std::string office, deskId;    ///< as asked
    std::string officeName, desk;  ///< in the source's words
    std::string number;            ///< "A012"
    std::optional<int> ahead;      ///< how many come before
    std::optional<int> minutes;    ///< until one's turn, if the source estimates it
    std::string takenAt;           ///< RFC 3339
    bool over = false;             ///< called, or of a day that has passed
    std::string visit;             ///< a token by which this visit may be rated; "" for none
    std::string source, asOf;

    std::string toJson() const;
    static base::Result<TurnTicket> parse(std::string_view json);
};

enum class TurnRefusal { Closed, NoneLeft };
std::string_view name(TurnRefusal refusal);  ///< "closed", "none_left"

/// A number, or why there is none.
struct TurnAnswer {
    std::optional<TurnTicket> ticket;
    TurnRefusal refusal = TurnRefusal::Closed;  ///< where there is no ticket
    std::string opens;                          ///< "13:00", with Closed; "" when not told

    std::string toJson() const;
    static base::Result<TurnAnswer> parse(std::string_view json);
};

/// As an office, a desk or a ticket's number may be called.
bool isOfficeId(std::string_view text);
bool isClock(std::string_view text);  ///< HH:MM

}  // namespace tram::wire
