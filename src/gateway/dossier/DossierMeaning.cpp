// What a source's JSON means, once the mapping is known.
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "calendar/WorkingDays.h"
#include "crypto/Bytes.h"
#include "gateway/dossier/DossierMapping.h"

namespace tram::gateway {

using nlohmann::json;
using wire::DossierState;

namespace {

constexpr std::size_t kMostItems = 1000;

std::int64_t moneyIn(const std::string& text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stopped == end ? value : 0;
}

std::optional<base::WallTime> readTime(const std::vector<DateShape>& shapes, const std::string& text) {
    for (const auto& shape : shapes)
        if (const auto time = shape.read(text)) return time;
    return std::nullopt;
}

}  // namespace

const json& at(const json& value, const std::string& pointer) {
    static const json kNothing;
    const json::json_pointer place(pointer);
    return value.contains(place) ? value.at(place) : kNothing;
}

std::string textAt(const json& value, const std::string& pointer) {
    if (pointer.empty() && !value.is_primitive()) return "";
    const json& found = pointer.empty() ? value : at(value, pointer);
    if (found.is_string()) return found.get<std::string>();
    if (found.is_number_float() && found == std::floor(found.get<double>()) && found < 1e15)
        return std::to_string(static_cast<std::int64_t>(found.get<double>()));  // 4.0 is how some write 4
    return found.is_number_integer() || found.is_boolean() ? found.dump() : "";
}

DossierState DossierMapping::stateOf(const std::string& value) const {
    const auto known = states.find(value);
    return known == states.end() ? DossierState::Unknown : known->second;
}

std::string DossierMapping::timeAt(const json& value, const std::string& pointer) const {
    if (pointer.empty()) return "";
    const auto time = readTime(dates, textAt(value, pointer));
    return time ? base::toRfc3339(*time) : "";
}

std::string DossierMapping::dayAt(const json& value, const std::string& pointer) const {
    if (pointer.empty()) return "";
    const auto time = readTime(dates, textAt(value, pointer));
    return time ? calendar::toText(calendar::dayInCity(*time)) : "";
}

wire::DossierEvent DossierMapping::readEvent(const json& value) const {
    const auto word = textAt(value, event.state);
    wire::DossierEvent one{stateOf(word), timeAt(value, event.at),
                           event.office.empty() ? "" : textAt(value, event.office), ""};
    if (one.state == DossierState::Unknown) one.said = event.said.empty() ? word : textAt(value, event.said);
    return one;
}

std::optional<wire::DossierTask> DossierMapping::readTask(const json& value) const {
    const auto text = [&](const std::string& pointer) {
        return pointer.empty() ? "" : textAt(value, pointer);
    };
    wire::DossierTask one;
    one.by = dayAt(value, task.by);
    one.fee = moneyIn(text(task.fee));
    one.paymentQr = text(task.paymentQr);
    one.where = text(task.where);
    const json& papers = task.papers.empty() ? json() : at(value, task.papers);
    for (std::size_t i = 0; papers.is_array() && i < papers.size() && i < kMostItems; ++i)
        one.papers.push_back(textAt(papers[i], task.paper));
    if (papers.is_string()) one.papers.push_back(papers.get<std::string>());
    const bool nothing = one.by.empty() && one.fee == 0 && one.paymentQr.empty() && one.papers.empty();
    return nothing ? std::nullopt : std::optional(std::move(one));
}

std::optional<DossierRecord> DossierMapping::read(const json& value) const {
    const auto text = [&](const std::string& pointer) {
        return pointer.empty() ? "" : textAt(value, pointer);
    };
    DossierRecord one;
    one.code = text(code);
    one.procedure = text(procedure);
    const auto word = text(state);
    if (one.code.empty() || one.procedure.empty() || word.empty()) return std::nullopt;
    one.state = stateOf(word);
    if (one.state == DossierState::Unknown) one.said = said.empty() ? word : text(said);
    one.procedureCode = text(procedureCode);
    const auto known = ways.find(text(way));
    if (known != ways.end()) one.way = known->second;
    one.office = text(office);
    one.received = timeAt(value, received);
    one.finished = timeAt(value, finished);
    one.promised = dayAt(value, promised);
    one.asOf = timeAt(value, asOf);
    const json& events = event.list.empty() ? json() : at(value, event.list);
    for (std::size_t i = 0; events.is_array() && i < events.size() && i < kMostItems; ++i)
        one.events.push_back(readEvent(events[i]));
    one.task = readTask(value);
    if (auto slip = text(secret); !slip.empty()) {
        one.slipHash = crypto::sha256Hex(crypto::view(slip));
        base::wipe(slip.data(), slip.size());
    }
    return one;
}

}  // namespace tram::gateway
