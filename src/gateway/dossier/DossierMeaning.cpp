// What a source's JSON means, once the mapping is known.
#include <charconv>
#include <nlohmann/json.hpp>

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

}  // namespace

DossierState DossierMapping::stateOf(const std::string& value) const {
    const auto known = states.find(value);
    return known == states.end() ? DossierState::Unknown : known->second;
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
