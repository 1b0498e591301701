#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/connectors/TurnSource.h"
#include "gateway/source/SourceAccess.h"

namespace tram::gateway {

/// How a city's queue is asked, and what its JSON means: a file of the operator's (docs/OPERATING.md,
/// "Turns"), so that it joins without code; the parts shared with dossiers mean the same. It knows nobody by
/// person: byOwner stays empty.
struct TurnMapping : SourceAccess {
    std::string boardUrl;  ///< with {office}
    struct Board {
        std::string name, address, hours, desks, appointments, days;
    } board;
    struct Desk {
        std::string id, name, procedures, open, opens, waiting, left, minutes;
    } desk;
    struct Day {
        std::string day, morning, afternoon;
    } day;

    struct Post {
        std::string url, body;  ///< JSON; {office}, {desk}, {id} … stand in its texts
    };
    Post take;
    struct Ticket {
        std::string number, desk, ahead, minutes, refused;
    } ticket;
    std::string closedWord, noneWord;  ///< what stands at ticket.refused then

    std::string nowUrl;  ///< with {number} or {id}; "": the source does not say
    struct Now {
        std::string ahead, minutes, over;
    } now;

    Post request;  ///< also {procedure}, {day}, {half}, {name}, {phone}; url "": it takes none
    std::string referenceAt;
    std::map<wire::HalfDay, std::string> halves;
    std::string standingUrl;  ///< with {reference}
    struct Standing {
        std::string state, day, time, desk, reason;
    } standing;
    std::map<std::string, wire::AppointmentState> states;
    Post cancel;  ///< with {reference} in its body; url "": it is not told, a person tells it

    /// BadConfig with facts key ("turns.take.url") and expected.
    static base::Result<TurnMapping> load(const std::filesystem::path& file);
    static base::Result<TurnMapping> parse(std::string_view json);

    std::optional<wire::TurnBoard> readBoard(const nlohmann::json& value) const;
    /// Nothing that can be used: neither a number nor a word for why there is none.
    std::optional<wire::TurnAnswer> readTicket(const nlohmann::json& value) const;
    TurnSource::Now readNow(const nlohmann::json& value) const;
    std::optional<AppointmentStanding> readStanding(const nlohmann::json& value) const;

  private:
    wire::TurnDesk readDesk(const nlohmann::json& value) const;
};

}  // namespace tram::gateway
