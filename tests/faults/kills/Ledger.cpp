#include "Ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "Work.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::kills {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kNewestAccepted = 4;

/// The number in the text of a report of these tests.
std::optional<std::uint32_t> serialIn(const std::string& text) {
    const auto digit = text.find_first_of("0123456789");
    if (digit == std::string::npos) return {};
    const auto serial = static_cast<std::uint32_t>(std::stoul(text.substr(digit)));
    return textOf(serial) == text ? std::optional(serial) : std::nullopt;
}

}  // namespace

void Ledger::acknowledged(std::uint32_t serial, const std::string& code, const std::string& id) {
    promises_[serial] = {code, id};
    byCode_[code] = serial;
}

void Ledger::hear(const std::string& lines) {
    std::size_t from = 0;
    for (auto end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', from)) {
        hearLine(lines.substr(from, end - from));
        from = end + 1;
    }
}

void Ledger::hearLine(const std::string& line) {
    std::istringstream words(line);
    std::string word, code, id;
    words >> word;
    std::uint32_t serial = 0;
    if (word == "acknowledged" && words >> serial >> code >> id) return acknowledged(serial, code, id);
    if (word == "stands" && words >> code >> id) return stands(code, id);
    if (word != "done") find("untrue: the keeper said \"" + line + "\"");
}

void Ledger::stands(const std::string& code, const std::string& state) {
    Promise& promise = promises_.at(byCode_.at(code));
    if (state == "accepted") {
        if (!promise.accepted && !atGateway(promise.id))
            find("untrue: " + code + " is said to be at the gateway");
        promise.accepted = true;
    } else if (state != "waiting") {
        find("stuck: " + code + " stands at " + state);
    } else if (promise.accepted) {
        find("untrue: " + code + " was at the gateway and is said to wait again");
    }
}

/// Opened only when need be: whoever opens a store after a kill reads its whole log.
bool Ledger::atGateway(const std::string& id) {
    if (!ids_.contains(id)) ids_ = test::GatewayBooks::ids(gatewayData_);
    return ids_.contains(id);
}

std::vector<std::string> Ledger::receipts() const {
    std::vector<std::string> codes;
    std::size_t accepted = 0;
    for (auto each = promises_.rbegin(); each != promises_.rend(); ++each)
        if (each->second.code != "-" && (!each->second.accepted || accepted++ < kNewestAccepted))
            codes.push_back(each->second.code);
    return codes;
}

void Ledger::close() {
    for (const auto& arrival : test::GatewayBooks::arrivals(gatewayData_)) check(arrival);
    for (const auto& [serial, promise] : promises_)
        if (!arrived_.contains(serial)) find(fmt::format("lost {}", serial));
    for (const auto& [serial, times] : arrived_)
        if (times > 1) find(fmt::format("doubled {}", serial));
    for (auto& fault : test::GatewayBooks::attachmentFaults(gatewayData_)) find(std::move(fault));
    for (auto& fault : test::GatewayBooks::storeFaults(gatewayData_)) find(std::move(fault));
}

void Ledger::check(const test::Arrival& arrival) {
    const auto serial = arrival.opens ? serialIn(arrival.text) : std::nullopt;
    if (arrival.state != "opened" || !serial) return find(arrival.state + ": envelope " + arrival.id);
    ++arrived_[*serial];
    const auto promise = promises_.find(*serial);
    if (promise != promises_.end() && (promise->second.id != arrival.id ||
                                       (promise->second.code != arrival.code && promise->second.code != "-")))
        find(fmt::format("doubled {}: also as {}", *serial, arrival.id));
    if (arrival.reports != 1) find(fmt::format("torn {}: {} reports", *serial, arrival.reports));
    if (arrival.cases.size() != 1)
        find(fmt::format("doubled {}: {} cases at 1022", *serial, arrival.cases.size()));
    if (arrival.cases.empty() || arrival.cases.front() != arrival.number)
        find(fmt::format("torn {}: 1022's number is not the one noted", *serial));
    if (!arrival.number.empty() && !numbers_.insert(arrival.number).second)
        find(fmt::format("doubled {}: number {}", *serial, arrival.number));
    checkPictures(arrival, *serial);
}

void Ledger::checkPictures(const test::Arrival& arrival, std::uint32_t serial) {
    if (arrival.pictures.size() != picturesOf(serial) || arrival.picturesTold != picturesOf(serial))
        return find(fmt::format("torn {}: {} pictures", serial, arrival.pictures.size()));
    for (std::size_t place = 0; place < arrival.pictures.size(); ++place)
        if (arrival.pictures[place] != pictureOf(serial, place))
            find(fmt::format("torn {}: picture {}", serial, place));
}

void Ledger::closeKiosk(const fs::path& dataDir) {
    ids_.clear();
    auto store = outbox::SqliteOutboxStore::open(dataDir);
    if (!store || !(*store)->quickCheck()) return find("damaged outbox");
    const auto items = (*store)->list(std::nullopt, 1'000'000);
    std::set<std::string> named;
    for (const auto& item : *items) {
        if (item.state != outbox::ItemState::Accepted)
            find(fmt::format("stuck: {} is {} ({})", item.id.text(), name(item.state), item.problem));
        if (!atGateway(item.id.text())) find("lost item " + item.id.text());
        for (const auto& attachment : item.attachments) named.insert(attachment.sha256);
    }
    for (const auto& entry : fs::directory_iterator(dataDir / "attachments"))
        if (named.erase(entry.path().filename().string()) == 0)
            find("stray kiosk file " + entry.path().filename().string());
    for (const auto& sha256 : named) find("torn: no file " + sha256);
}

bool Ledger::found(const std::string& kind) const {
    return std::ranges::any_of(findings_, [&](const auto& finding) { return finding.starts_with(kind); });
}

}  // namespace tram::kills
