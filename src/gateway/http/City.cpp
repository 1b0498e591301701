#include "gateway/http/City.h"

#include "base/Files.h"
#include "base/Log.h"
#include "gateway/alerts/DemoAlerts.h"
#include "gateway/demo/DemoStaff.h"
#include "gateway/inbox/Halves.h"
#include "gateway/storage/Acts.h"

namespace tram::gateway {
namespace {

using base::Result;

// An attachment without its action after so long was given up by its kiosk.
constexpr std::chrono::days kOrphans{30};
constexpr std::chrono::hours kSweepEvery{1};
constexpr base::Millis kLookForDue{2000};
// Ten pictures under way at their largest, or several dozen as phones make them. One kiosk's are two at their
// largest, for the few seconds until it has them: three quarters are the others'.
constexpr std::size_t kUploadMemory = 256'000'000, kUploadMemoryOfKiosk = 64'000'000;

/// Keys come before the store: cut off in between, the next start finds no store that has lost its keys.
Result<GatewayKeys> keysFor(const std::filesystem::path& dataDir, base::WallTime now) {
    return Storage::standsIn(dataDir) ? GatewayKeys::open(dataDir / "keys", now)
                                      : GatewayKeys::openOrCreate(dataDir / "keys", now);
}

/// Stays the same when the address of the gateway changes: enrolled kiosks keep it for years.
std::string audienceOf(const GatewayKeys& keys) {
    return "urn:tram:gateway:" + keys.identity().verifyKey().fingerprint();
}

std::set<std::string> codesOf(const WardNames& wards) {
    std::set<std::string> codes;
    for (const auto& [code, ward] : wards) codes.insert(code);
    return codes;
}

}  // namespace

City::City(const base::Clock& ours, const GatewayConfig& config, Storage opened, GatewayKeys ownKeys,
           SchemaSet ownSchemas, SignedContent ownFields, std::unique_ptr<KindShelf> ownKinds,
           WardNames ownWards, CitySystems systems)
    : clock(ours),
      storage(std::move(opened)),
      keys(std::move(ownKeys)),
      subjects(keys.identity()),
      schemas(std::move(ownSchemas)),
      fields(std::move(ownFields)),
      packs(config.dataDir / "content"),
      kinds(std::move(ownKinds)),
      entries(packs),
      wards(std::move(ownWards)),
      connector(std::move(systems.connector)),
      kiosks(*storage.city),
      tokens(*storage.city, kiosks, audienceOf(keys)),
      fleet(*storage.city),
      campaigns(*storage.city),
      logHeads(*storage.city),
      attachments(storage, {.kioskQuota = config.kioskQuota}),
      reports(*storage.reports, wards),
      surveyForms(*storage.reports, [this] { return packs.packs(); }),
      surveyTokens(*storage.reports, keys.identity()),
      surveys(*storage.reports, surveyForms, surveyTokens, config.surveys.late),
      surveyBatches(*storage.reports, surveyForms, surveys, config.surveys),
      ratingKeys(keys.identity()),
      ratings(*storage.city, ratingKeys, config.ratings),
      faults(*storage.city),
      residents(*storage.reports),
      rights(*storage.reports),
      appointments(*storage.reports),
      staff(*storage.reports, keys.identity()),
      staffLists(*storage.reports, staff, config.dataDir, config.staffListLife),
      opener(keys, schemas),
      senders(*storage.city, opener),
      inbox(storage, kiosks, attachments, opener, reports, surveys, ratings, rights, appointments, staff,
            subjects, !connector || connector->anonymousAllowed()),
      quarantine(storage),
      erasure(storage, attachments),
      retentionClock(*storage.city, clock),
      loginRecords(*storage.city),
      logins(loginRecords, subjects, clock),
      uploads(kUploadMemory, kUploadMemoryOfKiosk),
      alerts(*storage.city, config.alerts, config.dataDir, codesOf(wards), clock),
      dossiers(std::move(systems.dossiers)),
      documents(std::move(systems.documents)),
      turns(*storage.city, std::move(systems.turns), &ratings.visits()),
      watch(*storage.reports, watchParts(config, std::move(systems.notifier)), clock),
      retention_(config.retention),
      loginHours_(config.loginHours) {
    for (const char* language : {"vi", "en"})
        if (auto words = base::Words::load(config.shareDir / "locale", language); words)
            words_.emplace(language, std::move(*words));
    if (watch.connected())
        watchWork = std::make_unique<Worker>(kLookForDue, [this](const Worker::Stopping& stopping) {
            const auto more = watch.step(stopping);
            if (!more) base::log::problem("notices.failed", more.error());
            return more.value_or(false);
        });
    connectTurns();
    if (!connector) return;
    delivery = std::make_unique<Delivery>(
        reports, [this](const auto& id, auto& report) { return senders.addTo(id, report); }, *connector,
        clock);
    inbox.onReport = [this] { delivery->wake(); };
}

Result<std::unique_ptr<City>> City::open(const GatewayConfig& config, const base::Clock& clock) {
    auto sole = Storage::claim(config.dataDir);
    if (!sole) return tl::unexpected(sole.error());
    // Before the keys: they are renewed and written to by opening them.
    if (auto fit = Storage::check(config.dataDir); !fit) return tl::unexpected(fit.error());
    auto keys = keysFor(config.dataDir, clock.wall());
    if (!keys) return tl::unexpected(keys.error());
    auto storage = Storage::openOrCreate(config.dataDir, std::move(*sole));
    if (!storage) return tl::unexpected(storage.error());
    if (auto ours = storage->claimIdentity(keys->identity().verifyKey().text()); !ours)
        return tl::unexpected(ours.error());
    auto schemas = SchemaSet::load(config.shareDir / "api" / "schemas");
    if (!schemas) return tl::unexpected(schemas.error());
    auto fields =
        SignedContent::feedbackFields(config.shareDir / "demo" / "feedback-fields.json", keys->content());
    if (!fields) return tl::unexpected(fields.error());
    auto kinds = KindShelf::open(config.shareDir / "catalogue");
    if (!kinds) return tl::unexpected(kinds.error());
    auto wards = readWardNames(config.shareDir / "content" / "wards.csv");
    if (!wards) return tl::unexpected(wards.error());
    if (config.alerts.demo)
        if (auto made =
                prepareDemoAlerts(config.dataDir, config.alerts.folder, config.shareDir, clock.wall());
            !made)
            return tl::unexpected(made.error());
    for (const char* role : {AlertDesk::kKey, StaffPublisher::kKey})
        if (auto sound = RoleKeyFile(config.dataDir, role).check(); !sound)
            return tl::unexpected(sound.error());
    auto systems = CitySystems::open(config, *wards, clock);
    if (!systems) return tl::unexpected(systems.error());
    std::unique_ptr<City> city(new City(clock, config, std::move(*storage), std::move(*keys),
                                        std::move(*schemas), std::move(*fields), std::move(*kinds),
                                        std::move(*wards), std::move(*systems)));
    if (config.demoStaff)
        if (auto given = giveDemoStaff(city->staff, config.shareDir / "demo" / "staff.json", clock.wall());
            !given)
            return tl::unexpected(given.error());
    return city;
}

/// What only this gateway may read again: sealed as kiosks seal, to the key that is in force.
Vault City::vault() {
    return {[this](const base::SecretText& plain) -> std::optional<Vault::Sealed> {
                const auto now = clock.wall();
                for (const auto& info : keys.sealingKeys(now)) {
                    base::WallTime from{};
                    const auto key = crypto::SealingKey::parse(info.key);
                    if (!key || !base::fromRfc3339(info.notBefore, from) || from > now) continue;
                    return Vault::Sealed{key->id(),
                                         crypto::toBase64(key->seal(crypto::view(plain.reveal())))};
                }
                return std::nullopt;
            },
            [this](const Vault::Sealed& sealed) -> Result<base::SecretText> {
                const auto* key = keys.opening(sealed.key);
                if (!key) return base::fail(base::ProblemKind::KeyMissing);
                const auto bytes = crypto::fromBase64(sealed.bytes);
                if (!bytes) return base::fail(base::ProblemKind::StoreDamaged);
                const auto plain = key->open(*bytes);
                if (!plain) return tl::unexpected(plain.error());
                return base::SecretText(std::string(plain->reveal().begin(), plain->reveal().end()));
            },
            [this](const base::SecretText& who) { return subjects.forWatch(who); }};
}

DossierWatch::Parts City::watchParts(const GatewayConfig& config, std::unique_ptr<Notifier> notifier) {
    return {std::move(notifier),
            config.notices.rules,
            vault(),
            [this](const std::string& code) { return dossiers.byCode(code, clock.wall()); },
            [this](const std::string& language, const std::string& key, const base::Words::Values& values) {
                const auto words = words_.find(language);
                return words == words_.end() ? base::Words::fill(key, values)
                                             : words->second.text(key, values);
            },
            [this](const std::string& token, const std::string& language) {
                return phoneUrl_ + "/b/" + token + (language == "vi" ? "" : "?lang=" + language);
            }};
}

void City::connectTurns() {
    if (!turns.connected()) return;
    appointmentDelivery = std::make_unique<AppointmentDelivery>(
        appointments, *turns.source(),
        [this](const auto& id, auto& request) { return senders.addTo(id, request); }, clock);
    appointmentWork = std::make_unique<Worker>(kLookForDue, [this](const Worker::Stopping& stopping) {
        const auto done = appointmentDelivery->step(stopping);
        if (!done) base::log::problem("appointments.failed", done.error());
        return false;
    });
    inbox.onAppointment = [this] { appointmentWork->wake(); };
}

wire::EnrolmentAnswer City::welcome(const Kiosk& kiosk, const std::string& publicUrl) const {
    return {kiosk.id,
            kiosk.prefix,
            kiosk.ward,
            kiosk.station,
            keys.identity().verifyKey().text(),
            keys.content().verifyKey().text(),
            tokens.audience(),
            publicUrl,
            keys.sealingKeys(clock.wall())};
}

/// The pretend VNeID is spoken to like a real one, over HTTP and by a profile file.
Result<ProviderProfile> City::pretendProfile(const GatewayConfig& config, const std::string& self) {
    auto text = base::readFile(config.shareDir / "demo" / "vneid-provider.json");
    if (!text) return tl::unexpected(text.error());
    const bool app = config.identityProvider == "demo-vneid-app";
    for (const auto& [place, value] : {std::pair<std::string, std::string>("{public_url}", config.phoneUrl()),
                                       {"{gateway}", self},
                                       {"{scan}", app ? "provider_app" : "phone_browser"}})
        for (auto at = text->find(place); at != text->npos; at = text->find(place, at))
            text->replace(at, place.size(), value);
    auto vneid = PretendVneid::load(config.shareDir / "demo" / "vneid.json", config.phoneUrl());
    if (!vneid) return tl::unexpected(vneid.error());
    pretendVneid = std::make_unique<PretendVneid>(std::move(*vneid));
    return ProviderProfile::parse(*text);
}

Result<void> City::connectLogin(const GatewayConfig& config, const std::string& self) {
    phoneUrl_ = config.phoneUrl();
    if (config.identityProvider.empty()) return {};
    auto profile = config.identityProvider.starts_with("demo-")
                       ? pretendProfile(config, self)
                       : ProviderProfile::load(config.identityProvider);
    if (!profile) return tl::unexpected(profile.error());
    logins.connect(std::move(*profile), config.publicUrl);
    return {};
}

void City::startWork() {
    if (auto settled = attachments.settleNames(); !settled)
        base::log::problem("attachments.settle_failed", settled.error());
    mendHalves();
    tidy();
    if (delivery) delivery->start();
    if (appointmentWork) appointmentWork->start();
    if (watchWork) watchWork->start();
    alerts.start();
}

void City::mendHalves() {
    const auto mended = Halves(storage).mend();
    if (!mended) return base::log::problem("store.halves_not_compared", mended.error());
    if (mended->any())
        base::log::warning("store.halves_differed", {{"reopened", mended->reopened},
                                                     {"quarantined", mended->held},
                                                     {"erased_again", mended->erased}});
}

void City::stopWork() {
    alerts.stop();
    if (watchWork) watchWork->stop();
    if (appointmentWork) appointmentWork->stop();
    if (delivery) delivery->stop();
}

void City::tidy() {
    if (auto cared = keys.care(clock.wall()); !cared) base::log::problem("keys.care_failed", cared.error());
    followKeys();
    if (auto recovered = inbox.recover(); !recovered)
        base::log::problem("inbox.recover_failed", recovered.error());
    if (auto ended = erasure.resume(); !ended) base::log::problem("erasure.resume_failed", ended.error());
    if (auto swept = attachments.sweep(clock.wall() - kOrphans); !swept)
        base::log::problem("attachments.sweep_failed", swept.error());
    uploads.sweep(clock.wall());
    if (auto followed = surveyForms.follow(clock.wall()); !followed)
        base::log::problem("surveys.follow_failed", followed.error());
    if (auto closed = surveyBatches.close(clock.wall()); !closed)
        base::log::problem("surveys.close_failed", closed.error());
    if (auto shown = ratings.close(clock.wall()); !shown)
        base::log::problem("ratings.close_failed", shown.error());
    if (auto recalled = reports.recall(clock.wall()); !recalled)
        base::log::problem("reports.recall_failed", recalled.error());
    if (auto recalled = appointments.recall(clock.wall()); !recalled)
        base::log::problem("appointments.recall_failed", recalled.error());
    if (auto ended = appointments.endPast(clock.wall()); !ended)
        base::log::problem("appointments.end_failed", ended.error());
    if (auto swept = watch.sweep(); !swept) base::log::problem("notices.sweep_failed", swept.error());
    sweepHourly();
    settleLogs();
}

void City::followActs() {
    if (auto told = tellActs(*storage.city, clock.wall()); !told)
        base::log::problem("acts.not_told", told.error());
}

void City::sweepHourly() {
    const auto now = clock.boot();
    if (swept_ && now.sinceBoot - swept_->sinceBoot < kSweepEvery) return;
    swept_ = now;
    sweep();
}

void City::followKeys() {
    if (keys.openings() == openings_) return;
    openings_ = keys.openings();
    const auto again = quarantine.retryAll(Opener::kUnknownKey);
    if (!again) return base::log::problem("quarantine.retry_failed", again.error());
    if (*again == 0) return;
    base::log::info("quarantine.retried", {{"count", *again}});
    if (auto recovered = inbox.recover(); !recovered)
        base::log::problem("inbox.recover_failed", recovered.error());
}

void City::sweep() {
    const auto may = retentionClock.pass();
    if (!may) return base::log::problem("retention.failed", may.error());
    if (!*may) return base::log::warning("retention.held_clock_leapt");
    if (loginHours_)
        if (auto gone = loginRecords.sweep(*loginHours_, clock.wall()); !gone)
            base::log::problem("logins.sweep_failed", gone.error());
    if (auto gone = turns.sweep(clock.wall()); !gone) base::log::problem("turns.sweep_failed", gone.error());
    if (auto gone = watch.sweepEnded(); !gone) base::log::problem("notices.sweep_failed", gone.error());
    const auto swept = erasure.sweep(retention_, clock.wall());
    if (!swept) base::log::problem("retention.failed", swept.error());
    if (swept && swept->any())
        base::log::info("retention.swept", {{"attachments", swept->attachments},
                                            {"reports", swept->reports},
                                            {"envelopes", swept->envelopes},
                                            {"survey_answers", swept->surveys},
                                            {"rights", swept->rights},
                                            {"appointments", swept->appointments}});
    if (!retention_.closedReports) return;
    if (auto gone = residents.sweep(clock.wall() - *retention_.closedReports); !gone)
        base::log::problem("residents.sweep_failed", gone.error());
}

/// What was overwritten or deleted stands in the logs until they are emptied. While a backup reads they
/// cannot be: a minute later, then.
void City::settleLogs() {
    const auto settled = erasure.settle();
    if (!settled && settled.error().kind != base::ProblemKind::StoreBusy)
        base::log::problem("erasure.settle_failed", settled.error());
}

}  // namespace tram::gateway
