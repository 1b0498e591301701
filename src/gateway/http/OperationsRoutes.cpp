#include <nlohmann/json.hpp>

#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "wire/GatewayProof.h"

namespace tram::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kCallsShown = 20, kFaultsShown = 500;

json toJson(const FleetKiosk& kiosk) {
    json entry = {
        {"id", kiosk.id}, {"ward", kiosk.ward}, {"station", kiosk.station}, {"revoked", kiosk.revoked}};
    if (!kiosk.lastHeard) return entry;
    entry["last_heard"] = base::toRfc3339(*kiosk.lastHeard);
    entry["version"] = kiosk.beat.version;
    entry["waiting"] = kiosk.beat.waiting;
    entry["needs_attention"] = kiosk.beat.needsAttention;
    entry["free_disk_bytes"] = kiosk.beat.freeDiskBytes;
    entry["damaged_stores"] = kiosk.beat.damagedStores;
    entry["content_version"] = kiosk.beat.contentVersion;
    if (kiosk.beat.contentSignedAt) entry["content_signed_at"] = base::toRfc3339(*kiosk.beat.contentSignedAt);
    return entry;
}

json toJson(const OfficerCall& call) {
    return {{"ward", call.ward},
            {"station", call.station},
            {"reason", call.reason},
            {"at", base::toRfc3339(call.at)}};
}

bool isChallenge(const std::string& text) {
    return text.size() == wire::kChallengeChars && crypto::fromBase64Url(text).has_value();
}

std::string gauges(const Inbox::Counts& inbox, const ReportStore::Counts& reports) {
    return "# TYPE tram_envelopes gauge\n" +
           Metrics::gauge("tram_envelopes", "{state=\"stored\"}", inbox.stored) +
           Metrics::gauge("tram_envelopes", "{state=\"opened\"}", inbox.opened) +
           Metrics::gauge("tram_envelopes", "{state=\"quarantined\"}", inbox.quarantined) +
           Metrics::gauge("tram_envelopes", "{state=\"set_aside\"}", inbox.setAside) +
           Metrics::gauge("tram_envelopes", "{state=\"forgotten\"}", inbox.forgotten) +
           "# TYPE tram_reports gauge\n" +
           Metrics::gauge("tram_reports", "{stage=\"waiting\"}", reports.waiting) +
           Metrics::gauge("tram_reports", "{stage=\"followed\"}", reports.followed) +
           Metrics::gauge("tram_reports", "{stage=\"done\"}", reports.done);
}

std::string ratingGauges(const Ratings::Counts& ratings, const Faults::Counts& faults) {
    std::string text = "# TYPE tram_ratings gauge\n" +
                       Metrics::gauge("tram_ratings", "{about=\"dossier\"}", ratings.dossiers) +
                       Metrics::gauge("tram_ratings", "{about=\"visit\"}", ratings.visits) +
                       Metrics::gauge("tram_ratings", "{about=\"kiosk\"}", ratings.kiosks) +
                       Metrics::gauge("tram_ratings", "{about=\"repeated\"}", ratings.repeated) +
                       "# TYPE tram_kiosk_faults_open gauge\n";
    for (std::size_t part = 0; part < faults.size(); ++part)
        text += Metrics::gauge(
            "tram_kiosk_faults_open",
            "{part=\"" + std::string(name(static_cast<wire::KioskFault::Part>(part))) + "\"}", faults[part]);
    return text;
}

std::int64_t secondsSince(base::WallTime then, base::WallTime now) {
    return std::chrono::duration_cast<std::chrono::seconds>(now - then).count();
}

/// What an alarm is set on: how long somebody has waited for a person, and how old the newest backup is.
base::Result<std::string> ages(City& city, base::WallTime now) {
    const auto oldest = city.quarantine.oldest();
    const auto backedUp = city.storage.backedUpThrough();
    const auto missing = city.storage.missingInBackup();
    if (!oldest || !backedUp) return tl::unexpected(oldest ? backedUp.error() : oldest.error());
    if (!missing) return tl::unexpected(missing.error());
    std::string text =
        "# TYPE tram_quarantine_oldest_seconds gauge\n" +
        Metrics::gauge("tram_quarantine_oldest_seconds", "", *oldest ? secondsSince(**oldest, now) : 0);
    base::WallTime began;
    if (base::fromRfc3339(*backedUp, began))
        text += "# TYPE tram_backup_age_seconds gauge\n" +
                Metrics::gauge("tram_backup_age_seconds", "", secondsSince(began, now)) +
                "# TYPE tram_backup_missing_pictures gauge\n" +
                Metrics::gauge("tram_backup_missing_pictures", "", *missing);
    return text;
}

std::string daysLeftGauge(const char* name, const std::optional<base::WallTime>& end, base::WallTime now) {
    if (!end) return "";
    const auto days = std::chrono::floor<std::chrono::days>(*end - now).count();
    return "# TYPE " + std::string(name) + " gauge\n" + Metrics::gauge(name, "", days);
}

/// Of what kiosks are to be shown; below zero it has run out.
std::string contentGauges(const PackShelf::Ends& ends, base::WallTime now) {
    return daysLeftGauge("tram_content_root_days_left", ends.root, now) +
           daysLeftGauge("tram_content_days_left", ends.manifest, now);
}

std::string keyGauges(const GatewayKeys::Health& keys) {
    return "# TYPE tram_sealing_key_days_left gauge\n" +
           Metrics::gauge("tram_sealing_key_days_left", "", keys.daysLeft) +
           "# TYPE tram_sealing_keys_not_escrowed gauge\n" +
           Metrics::gauge("tram_sealing_keys_not_escrowed", "", static_cast<std::int64_t>(keys.unescrowed)) +
           "# TYPE tram_sealing_keys_lost gauge\n" +
           Metrics::gauge("tram_sealing_keys_lost", "", static_cast<std::int64_t>(keys.lost));
}

}  // namespace

OperationsRoutes::OperationsRoutes(Desk desk, const Pages& pages) : desk_(desk) {
    desk_.router.get("/healthz", [this](Exchange& exchange) { health(exchange); });
    desk_.router.get("/metrics", [this](Exchange& exchange) { metrics(exchange); });
    desk_.router.get("/dashboard", [this, &pages](Exchange& exchange) {
        if (operationsAllowed(desk_, exchange)) pages.send(exchange, "dashboard.html");
    });
    desk_.router.get("/dashboard/state", [this](Exchange& exchange) { state(exchange); });
}

bool operationsAllowed(const Desk& desk, Exchange& exchange) {
    if (desk.config.operationsPage || isLoopback(exchange.client())) return true;
    answerProblem(exchange.response, 404);
    return false;
}

/// Who asks with a challenge learns that it is really us, before saying anything (wire/GatewayProof.h).
void OperationsRoutes::health(Exchange& exchange) {
    const auto epoch = desk_.city.storage.epoch();
    if (!epoch) return answerProblem(exchange.response, 503, 5);
    json document = {{"status", "ok"}, {"epoch", *epoch}, {"time", base::toRfc3339(exchange.now)}};
    if (exchange.request.has_param("challenge")) {
        const auto challenge = exchange.request.get_param_value("challenge");
        if (!isChallenge(challenge)) return answerProblem(exchange.response, 400);
        const auto text = wire::gatewayProofText(challenge, *epoch);
        document["proof"] = crypto::toBase64Url(desk_.city.keys.identity().sign(crypto::view(text)));
    }
    exchange.reply(200, document.dump());
}

void OperationsRoutes::metrics(Exchange& exchange) {
    if (!operationsAllowed(desk_, exchange)) return;
    const auto inbox = desk_.city.inbox.counts();
    const auto reports = desk_.city.reports.counts();
    const auto old = ages(desk_.city, exchange.now);
    const auto held = desk_.city.retentionClock.held();
    const auto damaged = desk_.city.fleet.withDamagedStore();
    const auto logs = desk_.city.logHeads.withTrouble();
    const auto waiting = desk_.city.alerts.store().waiting();
    const auto ratings = desk_.city.ratings.counts();
    const auto faults = desk_.city.faults.open();
    if (!inbox || !reports || !old || !held || !damaged || !logs || !waiting || !ratings || !faults)
        return answerProblem(exchange.response, 503, 5);
    exchange.reply(
        200,
        desk_.metrics.text() + gauges(*inbox, *reports) + *old + "# TYPE tram_retention_held gauge\n" +
            Metrics::gauge("tram_retention_held", "", *held) +
            "# TYPE tram_kiosks_with_damaged_store gauge\n" +
            Metrics::gauge("tram_kiosks_with_damaged_store", "", *damaged) +
            "# TYPE tram_logs_refused gauge\n" + Metrics::gauge("tram_logs_refused", "", *logs) +
            "# TYPE tram_alerts_waiting gauge\n" + Metrics::gauge("tram_alerts_waiting", "", *waiting) +
            ratingGauges(*ratings, *faults) + keyGauges(desk_.city.keys.health(exchange.now)) +
            contentGauges(desk_.city.packs.ends(), exchange.now),
        "text/plain; version=0.0.4; charset=utf-8");
}

void OperationsRoutes::state(Exchange& exchange) {
    if (!operationsAllowed(desk_, exchange)) return;
    auto& city = desk_.city;
    const auto kiosks = city.fleet.kiosks();
    const auto calls = city.fleet.calls(kCallsShown);
    const auto inbox = city.inbox.counts();
    const auto reports = city.reports.counts();
    const auto backedUp = city.storage.backedUpThrough();
    const auto faults = city.faults.list(Faults::Which::Open, kFaultsShown);
    if (!faults || !kiosks || !calls || !inbox || !reports || !backedUp)
        return answerProblem(exchange.response, 503, 5);
    json document = {
        {"as_of", base::toRfc3339(exchange.now)},
        {"kiosks", json::array()},
        {"calls", json::array()},
        {"envelopes",
         {{"stored", inbox->stored},
          {"opened", inbox->opened},
          {"quarantined", inbox->quarantined},
          {"set_aside", inbox->setAside}}},
        {"reports",
         {{"waiting", reports->waiting}, {"followed", reports->followed}, {"done", reports->done}}}};
    if (!backedUp->empty()) document["backed_up_through"] = *backedUp;
    for (const auto& kiosk : *kiosks) document["kiosks"].push_back(toJson(kiosk));
    for (const auto& fault : *faults)
        for (auto& kiosk : document["kiosks"])
            if (kiosk["id"] == fault.kiosk) kiosk["faults"].push_back(fault.part);
    for (const auto& call : *calls) document["calls"].push_back(toJson(call));
    exchange.reply(200, document.dump());
}

}  // namespace tram::gateway
