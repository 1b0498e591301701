#include "wire/DossierStatus.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxStatus = 256 * 1024, kMaxEvents = 200, kMaxPapers = 40, kMaxLine = 512,
                      kMaxPaymentQr = 1024, kMaxMine = 200, kMaxChannels = 8, kMaxMineBytes = 4 * 1024 * 1024;
constexpr std::int64_t kLargestFee = 1'000'000'000'000, kMostWorkingDays = 100'000;

constexpr std::string_view kStates[] = {"unknown",     "registered",   "received",      "declined",
                                        "in_progress", "papers_asked", "payment_asked", "withdrawn",
                                        "stopped",     "finished",     "handed_over"};
constexpr std::string_view kWays[] = {"unknown", "counter", "online", "post"};

bool isState(std::string_view text) {
    return dossierStateFrom(text).has_value();
}
bool isWay(std::string_view text) {
    return std::find(std::begin(kWays), std::end(kWays), text) != std::end(kWays);
}

DossierState readState(Members& members) {
    return dossierStateFrom(members.text("state", 16, isState)).value_or(DossierState::Unknown);
}
DossierWay readWay(Members& members) {
    const auto text = members.optionalText("way", 16, isWay);
    const auto* found = std::find(std::begin(kWays), std::end(kWays), text);
    return found == std::end(kWays) ? DossierWay::Unknown
                                    : static_cast<DossierWay>(found - std::begin(kWays));
}

json toJsonValue(const DossierEvent& event) {
    json value = {{"state", name(event.state)}, {"at", event.at}};
    addIfAny(value, "office", event.office);
    addIfAny(value, "said", event.said);
    return value;
}

DossierEvent readEvent(const json& value, Members& parent) {
    Members members(value);
    DossierEvent event;
    event.state = readState(members);
    event.at = members.text("at", 40, isRfc3339);
    event.office = members.optionalText("office", kMaxLine);
    event.said = members.optionalText("said", kMaxLine);
    parent.adopt(members.finishLeniently());
    return event;
}

json toJsonValue(const DossierTask& task) {
    json value = {{"papers", task.papers}, {"fee", task.fee}};
    addIfAny(value, "by", task.by);
    addIfAny(value, "payment_qr", task.paymentQr);
    addIfAny(value, "where", task.where);
    return value;
}

std::string readPaper(const json& value, Members& parent) {
    const auto* text = value.get_ptr<const std::string*>();
    if (!text || text->size() > kMaxLine) parent.refuse("papers");
    return text ? *text : std::string();
}

DossierTask readTask(const json& value, Members& parent) {
    Members members(value);
    DossierTask task;
    task.by = members.optionalText("by", 10, isDate);
    for (const json& paper : members.array("papers", 0, kMaxPapers))
        task.papers.push_back(readPaper(paper, members));
    task.fee = members.integer("fee", 0, kLargestFee);
    task.paymentQr = members.optionalText("payment_qr", kMaxPaymentQr);
    task.where = members.optionalText("where", kMaxLine);
    parent.adopt(members.finishLeniently());
    return task;
}

json toJsonValue(const DossierStatus& status) {
    json value = {{"code", status.code},         {"procedure", status.procedure},
                  {"state", name(status.state)}, {"way", kWays[static_cast<std::size_t>(status.way)]},
                  {"events", json::array()},     {"rateable", status.rateable},
                  {"source", status.source},     {"as_of", status.asOf}};
    addIfAny(value, "procedure_code", status.procedureCode);
    addIfAny(value, "said", status.said);
    addIfAny(value, "office", status.office);
    addIfAny(value, "received", status.received);
    addIfAny(value, "promised", status.promised);
    addIfAny(value, "finished", status.finished);
    if (status.workingDays) value["working_days"] = *status.workingDays;
    if (status.workingDaysRough) value["working_days_rough"] = true;
    if (status.rated) value["rated"] = true;
    addIfAny(value, "rate", status.rate);
    if (status.task) value["task"] = toJsonValue(*status.task);
    for (const auto channel : status.notify) value["notify"].push_back(name(channel));
    for (const auto& event : status.events) value["events"].push_back(toJsonValue(event));
    return value;
}

std::vector<Channel> readChannels(Members& members) {
    std::vector<Channel> channels;
    if (!members.has("notify")) return channels;
    for (const json& one : members.array("notify", 0, kMaxChannels)) {
        const auto* text = one.get_ptr<const std::string*>();
        const auto channel = text ? channelFrom(*text) : std::nullopt;
        if (channel && std::ranges::find(channels, *channel) == channels.end()) channels.push_back(*channel);
    }
    return channels;
}

bool isRate(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return bytes && bytes->size() == 16;
}

DossierStatus readStatus(Members& members) {
    DossierStatus status;
    status.code = members.text("code", DossierStatus::kLongestCode, isNotEmpty);
    status.procedure = members.text("procedure", kMaxLine);
    status.procedureCode = members.optionalText("procedure_code", 64);
    status.state = readState(members);
    status.said = members.optionalText("said", kMaxLine);
    status.way = readWay(members);
    status.office = members.optionalText("office", kMaxLine);
    status.received = members.optionalText("received", 40, isRfc3339);
    status.promised = members.optionalText("promised", 10, isDate);
    status.finished = members.optionalText("finished", 40, isRfc3339);
    if (members.has("working_days"))
        status.workingDays =
            static_cast<int>(members.integer("working_days", -kMostWorkingDays, kMostWorkingDays));
    status.workingDaysRough = members.has("working_days_rough") && members.flag("working_days_rough");
    if (members.has("task")) status.task = readTask(members.object("task"), members);
    for (const json& event : members.array("events", 0, kMaxEvents))
        status.events.push_back(readEvent(event, members));
    status.notify = readChannels(members);
    status.rateable = members.flag("rateable");
    status.rated = members.has("rated") && members.flag("rated");
    status.rate = members.optionalText("rate", 22, isRate);
    status.source = members.text("source", 256);
    status.asOf = members.text("as_of", 40, isRfc3339);
    return status;
}

}  // namespace

std::string_view name(DossierState state) {
    return kStates[static_cast<std::size_t>(state)];
}

bool isDone(DossierState state) {
    return state == DossierState::Finished || state == DossierState::HandedOver;
}

std::optional<DossierState> dossierStateFrom(std::string_view text) {
    const auto* found = std::find(std::begin(kStates), std::end(kStates), text);
    if (found == std::end(kStates)) return std::nullopt;
    return static_cast<DossierState>(found - std::begin(kStates));
}

std::string finishedBy(const DossierStatus& status) {
    for (auto event = status.events.rbegin(); event != status.events.rend(); ++event)
        if (event->state == DossierState::Finished && !event->office.empty()) return event->office;
    return status.office;
}

std::string DossierStatus::toJson() const {
    return dumpJson(toJsonValue(*this));
}

Result<DossierStatus> DossierStatus::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxStatus);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    auto status = readStatus(members);
    return members.finishLeniently().map([&] { return std::move(status); });
}

std::string MyDossiers::toJson() const {
    json value = {{"dossiers", json::array()}, {"source", source}, {"as_of", asOf}};
    for (const auto& one : dossiers) value["dossiers"].push_back(toJsonValue(one));
    return dumpJson(value);
}

Result<MyDossiers> MyDossiers::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxMineBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    MyDossiers mine;
    for (const json& one : members.array("dossiers", 0, kMaxMine)) {
        Members inner(one);
        mine.dossiers.push_back(readStatus(inner));
        members.adopt(inner.finishLeniently());
    }
    mine.source = members.text("source", 256);
    mine.asOf = members.text("as_of", 40, isRfc3339);
    return members.finishLeniently().map([&] { return std::move(mine); });
}

}  // namespace tram::wire
