#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"
#include "wire/Mine.h"
#include "wire/MyServices.h"

namespace tram::gateway {
namespace {

using About = wire::MyNotice::About;

constexpr long kAskDocumentsAgain = 15;
constexpr std::size_t kMostOfMine = 100;

/// What everything begins with is no news to whoever has just begun it.
bool isBeginning(std::string_view state) {
    return state == "received" || state == "registered";
}

/// A tracking code has no dash, a dossier's has.
std::string itemOf(const City& city, const base::SecretText& sub, const std::string& code) {
    return city.subjects.forItem(sub, code);
}

std::string newestIn(const wire::DossierStatus& status) {
    return status.events.empty() ? status.received : status.events.back().at;
}

base::WallTime timeOf(const wire::MyNotice& notice) {
    base::WallTime at{};
    base::fromRfc3339(notice.changedAt, at);
    return at;
}

/// Everything of theirs that has a state, news or not.
base::Result<wire::MyNotices> allOf(City& city, const ResidentTokens::Holder& holder, base::WallTime now) {
    wire::MyNotices all;
    all.asOf = base::toRfc3339(now);
    const auto reports = city.reports.ofSubject(city.subjects.indexOf(holder.sub), kMostOfMine);
    if (!reports) return tl::unexpected(reports.error());
    for (const auto& report : *reports)
        all.notices.push_back({About::Report, report.code, report.field,
                               std::string(wire::name(report.state)),
                               base::toRfc3339(base::coarseToHour(report.changedAt))});
    if (!city.dossiers.knowsOwners()) return all;
    const auto dossiers = city.dossiers.ofOwner(holder.owner, now);
    all.dossiersSilent = !dossiers;
    if (!dossiers) return all;
    for (const auto& dossier : dossiers->dossiers)
        all.notices.push_back({About::Dossier, dossier.code, dossier.procedure,
                               std::string(wire::name(dossier.state)), newestIn(dossier)});
    return all;
}

wire::MyRight toWire(const RightsStore::Request& request, const calendar::WorkingDays& days) {
    return {request.code,
            std::string(wire::name(request.right)),
            request.about,
            request.state,
            base::toRfc3339(request.receivedAt),
            calendar::toText(rightsDue(request.receivedAt, days)),
            request.answeredAt ? base::toRfc3339(*request.answeredAt) : ""};
}

}  // namespace

AccountRoutes::AccountRoutes(Desk desk) : desk_(desk) {
    auto& router = desk_.router;
    router.get("/v1/me/services", [this](Exchange& exchange) { services(exchange); });
    router.put("/v1/me/services", wire::MyServices::kMaxBytes,
               [this](Exchange& exchange) { putServices(exchange); });
    router.get("/v1/me/notices", [this](Exchange& exchange) { notices(exchange); });
    router.post("/v1/me/notices/seen", wire::NoticesSeen::kMaxBytes,
                [this](Exchange& exchange) { seen(exchange); });
    router.get("/v1/me/documents", [this](Exchange& exchange) { documents(exchange); });
    router.get("/v1/me/account", [this](Exchange& exchange) { account(exchange); });
    router.get("/v1/me/appointments", [this](Exchange& exchange) { appointments(exchange); });
    router.get("/v1/me/consents", [this](Exchange& exchange) { consents(exchange); });
    router.get("/v1/me/rights", [this](Exchange& exchange) { rights(exchange); });
}

void AccountRoutes::services(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& city = desk_.city;
    const auto mine = city.residents.services(city.subjects.indexOf(holder->sub), exchange.now);
    if (!mine) return answerProblem(exchange.response, mine.error());
    exchange.reply(200, mine->toJson());
}

void AccountRoutes::putServices(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    const auto chosen = wire::MyServices::parse(exchange.body);
    if (!chosen) return answerProblem(exchange.response, 400);
    auto& city = desk_.city;
    const auto kept = city.residents.keep(city.subjects.indexOf(holder->sub), *chosen, exchange.now);
    if (!kept) return answerProblem(exchange.response, kept.error());
    exchange.reply(200, kept->toJson());
}

void AccountRoutes::notices(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& city = desk_.city;
    auto all = allOf(city, *holder, exchange.now);
    if (!all) return answerProblem(exchange.response, all.error());
    const auto seen = city.residents.seen(city.subjects.indexOf(holder->sub));
    if (!seen) return answerProblem(exchange.response, seen.error());
    std::erase_if(all->notices, [&](const wire::MyNotice& notice) {
        const auto known = seen->states.find(itemOf(city, holder->sub, notice.code));
        return known == seen->states.end() ? isBeginning(notice.state) : known->second == notice.state;
    });
    std::ranges::sort(all->notices, [](const auto& a, const auto& b) { return timeOf(a) > timeOf(b); });
    if (all->notices.size() > wire::MyNotices::kMost) all->notices.resize(wire::MyNotices::kMost);
    all->since = seen->since;
    exchange.reply(200, all->toJson());
}

void AccountRoutes::seen(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    const auto shown = wire::NoticesSeen::parse(exchange.body);
    if (!shown) return answerProblem(exchange.response, 400);
    auto& city = desk_.city;
    ResidentStore::Items items;
    for (const auto& item : shown->items)
        items.emplace_back(itemOf(city, holder->sub, item.code), item.state);
    const auto kept = city.residents.acknowledge(city.subjects.indexOf(holder->sub), items, exchange.now);
    if (!kept) return answerProblem(exchange.response, kept.error());
    exchange.response.status = 204;
}

void AccountRoutes::documents(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& documents = desk_.city.documents;
    if (!documents.connected()) return answerProblem(exchange.response, 404);
    const auto found = documents.ofOwner(holder->owner, exchange.now);
    if (!found && found.error().fact("detail") == "source")
        return answerSilentSource(exchange.response, kAskDocumentsAgain);
    if (!found) return answerProblem(exchange.response, found.error());
    exchange.reply(200, found->toJson());
}

void AccountRoutes::account(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    const auto& profile = desk_.city.logins.profile();
    exchange.reply(
        200, wire::MyAccount{profile.name, profile.nameEn, profile.updatable, profile.updateLink}.toJson());
}

void AccountRoutes::appointments(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& city = desk_.city;
    auto found = city.appointments.ofSubject(city.subjects.indexOf(holder->sub), wire::MyAppointments::kMost);
    if (!found) return answerProblem(exchange.response, found.error());
    exchange.reply(200, wire::MyAppointments{std::move(*found),
                                             city.turns.connected() ? city.turns.source()->sourceName() : "",
                                             base::toRfc3339(exchange.now)}
                            .toJson());
}

void AccountRoutes::consents(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& city = desk_.city;
    auto found = city.rights.consents(city.subjects.indexOf(holder->sub), wire::MyConsents::kMost);
    if (!found) return answerProblem(exchange.response, found.error());
    exchange.reply(200, wire::MyConsents{std::move(*found), base::toRfc3339(exchange.now)}.toJson());
}

void AccountRoutes::rights(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& city = desk_.city;
    const auto found = city.rights.ofSubject(city.subjects.indexOf(holder->sub), wire::MyRights::kMost);
    if (!found) return answerProblem(exchange.response, found.error());
    wire::MyRights all{{}, base::toRfc3339(exchange.now)};
    const auto days = city.dossiers.workingDays();
    for (const auto& request : *found) all.rights.push_back(toWire(request, *days));
    exchange.reply(200, all.toJson());
}

}  // namespace tram::gateway
