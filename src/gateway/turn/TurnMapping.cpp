#include "gateway/turn/TurnMapping.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using base::Result;
using nlohmann::json;
using Mapping = TurnMapping;

constexpr std::size_t kMostText = MappingReader::kMostText, kMostBody = 2048;

const MappingReader& reader() {
    static const MappingReader kReader("turns");
    return kReader;
}

bool isBoardAddress(std::string_view url) {
    return MappingReader::isAddress(url) && url.find("{office}") != url.npos;
}

/// Nothing of a person may stand in an address: they are written into logs.
bool namesPerson(std::string_view text) {
    return text.find("{name}") != text.npos || text.find("{phone}") != text.npos;
}

Result<void> readPost(const json& object, const std::string& key, Mapping::Post& into,
                      std::string_view same = "{id}") {
    if (!object.is_object() || object.size() != 2 || !object.contains("url") || !object.contains("body"))
        return reader().bad(key, "an object of url and body");
    const auto* url = object["url"].get_ptr<const std::string*>();
    if (!url || !MappingReader::isAddress(*url) || namesPerson(*url))
        return reader().bad(key + ".url", "https: (http: on 127.0.0.1 only), and nothing of a person in it");
    into.url = *url;
    into.body = object["body"].dump();
    if (!object["body"].is_object() || into.body.size() > kMostBody || into.body.find(same) == into.body.npos)
        return reader().bad(key + ".body",
                            "an object with " + std::string(same) + ", by which the same is the same");
    return {};
}

MappingReader::Part address(const char* key, std::string& into, const char* place) {
    return [=, &into](const json& value) -> Result<void> {
        const auto* url = value.get_ptr<const std::string*>();
        if (!url || url->size() > kMostText || !MappingReader::isAddress(*url) ||
            url->find(place) == url->npos)
            return reader().bad(key, std::string("https: with ") + place);
        into = *url;
        return {};
    };
}

Result<void> readRefusals(const json& object, Mapping& m) {
    return reader().table(
        object, "refusals",
        [&](const std::string& word, const std::string& meaning) {
            if (meaning == "closed") m.closedWord = word;
            if (meaning == "none_left") m.noneWord = word;
            return meaning == "closed" || meaning == "none_left";
        },
        "closed or none_left");
}

Result<void> readHalves(const json& object, Mapping& m) {
    return reader().table(
        object, "halves",
        [&](const std::string& half, const std::string& word) {
            const auto known = wire::halfDayFrom(half);
            if (known) m.halves[*known] = word;
            return known.has_value();
        },
        "morning and afternoon, and how the source calls them");
}

Result<void> readStates(const json& object, Mapping& m) {
    return reader().table(
        object, "states",
        [&](const std::string& word, const std::string& state) {
            const auto known = wire::appointmentStateFrom(state);
            if (known) m.states[word] = *known;
            return known && *known != wire::AppointmentState::Received;
        },
        "asked, confirmed or refused");
}

std::map<std::string, MappingReader::Part> partsOf(Mapping& m) {
    return {
        {"board",
         [&](const json& v) {
             return reader().pointers(v, "board",
                                      {{"name", &m.board.name},
                                       {"address", &m.board.address},
                                       {"hours", &m.board.hours},
                                       {"desks", &m.board.desks, true},
                                       {"appointments", &m.board.appointments},
                                       {"days", &m.board.days}});
         }},
        {"desk",
         [&](const json& v) {
             return reader().pointers(v, "desk",
                                      {{"id", &m.desk.id, true},
                                       {"name", &m.desk.name, true},
                                       {"procedures", &m.desk.procedures},
                                       {"open", &m.desk.open, true},
                                       {"opens", &m.desk.opens},
                                       {"waiting", &m.desk.waiting},
                                       {"left", &m.desk.left},
                                       {"minutes", &m.desk.minutes}});
         }},
        {"day",
         [&](const json& v) {
             return reader().pointers(
                 v, "day",
                 {{"day", &m.day.day, true}, {"morning", &m.day.morning}, {"afternoon", &m.day.afternoon}});
         }},
        {"take", [&](const json& v) { return readPost(v, "take", m.take); }},
        {"ticket",
         [&](const json& v) {
             return reader().pointers(v, "ticket",
                                      {{"number", &m.ticket.number, true},
                                       {"desk", &m.ticket.desk},
                                       {"ahead", &m.ticket.ahead},
                                       {"minutes", &m.ticket.minutes},
                                       {"refused", &m.ticket.refused}});
         }},
        {"refusals", [&](const json& v) { return readRefusals(v, m); }},
        {"now_url", address("now_url", m.nowUrl, "{number}")},
        {"now",
         [&](const json& v) {
             return reader().pointers(
                 v, "now", {{"ahead", &m.now.ahead}, {"minutes", &m.now.minutes}, {"over", &m.now.over}});
         }},
        {"request", [&](const json& v) { return readPost(v, "request", m.request); }},
        {"reference",
         [&](const json& v) {
             return reader().pointers({{"at", v}}, "reference", {{"at", &m.referenceAt, true}});
         }},
        {"halves", [&](const json& v) { return readHalves(v, m); }},
        {"standing_url", address("standing_url", m.standingUrl, "{reference}")},
        {"standing",
         [&](const json& v) {
             return reader().pointers(v, "standing",
                                      {{"state", &m.standing.state, true},
                                       {"day", &m.standing.day},
                                       {"time", &m.standing.time},
                                       {"desk", &m.standing.desk},
                                       {"reason", &m.standing.reason}});
         }},
        {"states", [&](const json& v) { return readStates(v, m); }},
        {"cancel", [&](const json& v) { return readPost(v, "cancel", m.cancel, "{reference}"); }},
        {"dates", [&](const json& v) { return reader().dates(v, m); }}};
}

Result<void> readPlain(const json& document, Mapping& mapping) {
    wire::Members members(document);
    mapping.name = members.text("name", 128, wire::isNotEmpty);
    mapping.boardUrl = members.text("board_url", kMostText, isBoardAddress);
    mapping.caFile = members.optionalText("ca_file", kMostText);
    if (members.has("timeout_ms"))
        mapping.timeout = std::chrono::milliseconds(members.integer("timeout_ms", 100, 8000));
    const auto headers = members.optionalText("headers_file", kMostText);
    if (auto fine = members.finishLeniently(); !fine) {
        const std::string key(fine.error().fact("key"));
        return reader().bad(key, key == "board_url"    ? "https: with {office} (http: on 127.0.0.1 only)"
                                 : key == "timeout_ms" ? "100 to 8000"
                                                       : "a text");
    }
    return reader().headers(headers, mapping);
}

/// What belongs together is there together.
Result<void> checkWhole(const Mapping& m) {
    if (m.request.url.empty()) return {};
    if (m.standingUrl.empty()) return reader().bad("standing_url", "it must be there beside request");
    if (m.standing.state.empty()) return reader().bad("standing", "it must be there beside request");
    if (m.states.empty()) return reader().bad("states", "it must be there beside request");
    if (m.halves.size() != 2) return reader().bad("halves", "morning and afternoon");
    return {};
}

}  // namespace

Result<TurnMapping> TurnMapping::parse(std::string_view text) {
    const auto document = wire::parseJson(text, MappingReader::kMostBytes);
    if (!document || !document->is_object()) return reader().bad("source", "a file with a JSON object");
    TurnMapping mapping;
    if (auto read = readPlain(*document, mapping); !read) return tl::unexpected(read.error());
    auto read = reader().parts(*document, partsOf(mapping),
                               {"name", "board_url", "ca_file", "timeout_ms", "headers_file"},
                               {"board", "desk", "take", "ticket", "dates"});
    if (!read) return tl::unexpected(read.error());
    if (auto whole = checkWhole(mapping); !whole) return tl::unexpected(whole.error());
    return mapping;
}

Result<TurnMapping> TurnMapping::load(const std::filesystem::path& file) {
    const auto text = base::readFile(file, MappingReader::kMostBytes);
    if (!text) return tl::unexpected(text.error());
    return parse(*text);
}

}  // namespace tram::gateway
