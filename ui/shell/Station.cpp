#include "ui/shell/Station.h"

#include <algorithm>
#include <atomic>

#include "assist/StaffBook.h"
#include "base/Files.h"
#include "base/Log.h"
#include "crypto/Bytes.h"
#include "device/CameraClient.h"
#include "device/Chime.h"
#include "device/CupsPrinter.h"
#include "device/StaffLog.h"
#include "identity/DeviceLogin.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::shell {

namespace {

constexpr const char* kAgentName = "tram-kiosk";  // to the gateway

}  // namespace

using base::Result;

Result<std::unique_ptr<Station>> Station::open(const Options& options) {
    auto station = std::unique_ptr<Station>(new Station);
    auto config = device::KioskConfig::load(options.config);
    if (!config) return tl::unexpected(config.error());
    station->config_ = std::move(*config);
    auto wards = content::WardDirectory::load(options.share / "content");
    if (!wards) return tl::unexpected(wards.error());
    station->wards_ = std::move(*wards);
    auto hotlines = content::loadHotlines(options.share / "content");
    if (!hotlines) return tl::unexpected(hotlines.error());
    station->hotlines_ = std::move(*hotlines);
    auto asked = rating::Asked::load(options.share / "content");
    if (!asked) return tl::unexpected(asked.error());
    station->ratings_ = std::make_shared<const rating::Asked>(std::move(*asked));
    station->enrolmentStamp_ = device::enrolmentStamp(station->config_.dataDir);
    auto enrolment = device::Enrolment::load(station->config_.dataDir);
    if (!enrolment) return tl::unexpected(enrolment.error());
    station->enrolment_.emplace(std::move(*enrolment));
    if (auto opened = station->openStore(); !opened) return tl::unexpected(opened.error());
    if (auto ready = station->fields(); !ready) return tl::unexpected(ready.error());
    if (auto lines = station->openLines(); !lines) return tl::unexpected(lines.error());
    if (auto city = station->openCity(options.share); !city) return tl::unexpected(city.error());
    station->pictures_ = std::make_unique<device::PictureHelper>(options.camera);
    station->cameraProgram_ = options.camera;
    station->printProgram_ = options.print;
    if (auto rules = station->scanRules(); !rules) return tl::unexpected(rules.error());
    if (auto staff = station->openStaff(); !staff) return tl::unexpected(staff.error());
    return station;
}

Station::~Station() {
    if (gateway_) gateway_->cancel();
    if (residents_) residents_->cancel();
    if (phoneUploads_) phoneUploads_->cancel();
}

Result<void> Station::openStore() {
    auto store = outbox::SqliteOutboxStore::open(config_.dataDir);
    if (!store) return tl::unexpected(store.error());
    auto sealing = enrolment_->sealingKey(clock_.wall());
    if (!sealing) return tl::unexpected(sealing.error());
    auto signing = device::Enrolment::load(config_.dataDir);  // a copy: keys are not copyable by accident
    if (!signing) return tl::unexpected(signing.error());
    outbox_ = std::make_shared<outbox::Outbox>(
        *store,
        outbox::Outbox::Keys{enrolment_->answer.kioskId, enrolment_->answer.prefix, std::move(signing->key),
                             std::move(*sealing), enrolment_->codeHashKey()},
        clock_);
    return {};
}

bool Station::enrolmentChanged() const {
    return device::enrolmentStamp(config_.dataDir) != enrolmentStamp_;
}

/// A client of its own for each: they are used from several threads, and what one waits for holds up no
/// other.
Result<std::unique_ptr<link::GatewayClient>> Station::line() const {
    auto own = device::Enrolment::load(config_.dataDir);  // a copy: keys are not copyable by accident
    if (!own) return tl::unexpected(own.error());
    auto http = std::make_shared<net::HttpClient>(net::HttpClient::Options{config_.caFile, kAgentName});
    return std::make_unique<link::GatewayClient>(
        config_.gatewayUrl, std::move(http), clock_,
        link::KioskIdentity{own->answer.kioskId, own->answer.tokenAudience, std::move(own->key),
                            crypto::VerifyKey::parse(own->answer.gatewayKey)});
}

Result<void> Station::openLines() {
    auto own = line();
    auto residents = own ? line() : tl::unexpected(own.error());
    auto uploads = residents ? line() : tl::unexpected(residents.error());
    if (!uploads) return tl::unexpected(uploads.error());
    phoneUploads_ = std::make_shared<link::PhoneUploads>(std::move(*uploads));
    gateway_ = std::move(*own);
    residents_ = std::make_shared<link::ResidentLine>(std::move(*residents), enrolment_->answer.publicUrl);
    issuerKeys_ = std::make_shared<oidc::KeyRing>([line = residents_] { return line->keySet(); }, clock_);
    return {};
}

std::unique_ptr<identity::Login> Station::login(base::Scheduler& scheduler) const {
    return std::make_unique<identity::DeviceLogin>(
        identity::DeviceLogin::Services{residents_, issuerKeys_, enrolment_->answer.kioskId}, scheduler,
        clock_);
}

Result<void> Station::scanRules() {
    identity::ScanRules::Settings settings{.governmentHosts = config_.scan.governmentHosts,
                                           .phoneBaseUrl = enrolment_->answer.publicUrl};
    if (!config_.scan.dossierPatterns.empty()) settings.dossierPatterns = config_.scan.dossierPatterns;
    auto rules = identity::ScanRules::make(std::move(settings));
    if (!rules) return tl::unexpected(rules.error());
    rules_ = std::move(*rules);
    return {};
}

Result<void> Station::openCity(const std::filesystem::path& share) {
    auto catalogue = catalogue::Catalogue::loadReadable(share / "catalogue");
    // A kind that nobody can read costs its own pages, no directory those of the city; reports are taken all
    // the same. `tram doctor` names the files.
    if (!catalogue) base::log::problem("kinds_not_readable", catalogue.error());
    if (catalogue) catalogue->logLeftOut();
    const auto key = crypto::VerifyKey::parse(enrolment_->answer.gatewayKey);
    if (!key) return base::fail(base::ProblemKind::Malformed);
    packs_.emplace(config_.dataDir, *key);
    openPacks(catalogue ? std::move(*catalogue) : catalogue::Catalogue());
    openAlerts();
    openMap();
    surveyKeys_ = std::make_shared<survey::TokenKeys>(packs_->dir() / "survey-keys.json");
    return {};
}

void Station::openAlerts() {
    cap::Here here{.ward = enrolment_->answer.wardCode};
    if (config_.place) here.place = cap::Point{config_.place->latitude, config_.place->longitude};
    alerts_ = std::make_unique<content::Alerts>(config_.dataDir, content::Alerts::rootOf(*packs_), clock_,
                                                std::move(here));
}

/// A map that cannot be read costs its ground only.
void Station::openMap() {
    if (config_.map.empty()) return;
    auto ground = kit::MapGround::load(config_.map);
    if (!ground) return base::log::problem("map_not_readable", ground.error());
    map_ = std::move(*ground);
}

/// Before anything has come, and when what came is not whole, the city is empty: its pages say so.
void Station::openPacks(catalogue::Catalogue catalogue) {
    cityStamp_ = packs_->stamp();
    std::vector<std::filesystem::path> files;
    base::WallTime signedAt;
    int version = 0;
    if (const auto current = packs_->current(clock_.wall())) {
        signedAt = current->signedAt;
        version = current->version;
        for (const auto& pack : current->packs) files.push_back(pack.file);
    }
    const auto time = [this, signedAt, heard = content::AlertsCache(config_.dataDir)](base::WallTime) {
        return std::max(heard.trustedTime(clock_), signedAt);
    };
    city_ = std::make_shared<const content::City>(content::City::open(std::move(catalogue), files, time));
    content::tellOnce(packs_->dir() / "unknown-kinds.txt", version, city_->unknownKinds());
}

/// The same until the agent has put others in its place: who reads goes on with the former one.
std::shared_ptr<const content::City> Station::city() {
    if (packs_->stamp() != cityStamp_) openPacks(city_->catalogue());
    return city_;
}

std::shared_ptr<device::Camera> Station::camera(base::Scheduler& scheduler) const {
    if (!config_.camera) return nullptr;
    return std::make_shared<device::CameraClient>(cameraProgram_, *config_.camera, scheduler);
}

std::shared_ptr<device::Printer> Station::printer(base::Scheduler& scheduler) const {
    if (!config_.printer) return nullptr;
    return std::make_shared<device::CupsPrinter>(printProgram_, *config_.printer, scheduler);
}

std::function<doctor::Finding(doctor::Part)> Station::examiner() const {
    return [config = config_, clock = clock_, camera = cameraProgram_,
            print = printProgram_](doctor::Part part) {
        return doctor::examine(part, {config, clock, camera, print, kAgentName});
    };
}

std::function<void()> Station::chime(base::Scheduler& scheduler) const {
    if (!config_.sound) return nullptr;
    return [&scheduler] { scheduler.background([] { device::Chime().play(); }); };
}

Result<void> Station::openStaff() {
    staff_ = std::make_unique<content::WardStaff>(config_.dataDir, content::Alerts::rootOf(*packs_), clock_,
                                                  enrolment_->answer.wardCode);
    auto opened = device::StaffLog(config_.dataDir).open(clock_);
    if (!opened) return tl::unexpected(opened.error());
    ledger_ = std::make_unique<ledger::Ledger>(std::move(*opened));
    return {};
}

std::shared_ptr<assist::Duty> Station::duty(base::Scheduler& scheduler) {
    const auto book = std::make_shared<assist::StaffBook>([this] { return staff_->list(); }, clock_);
    const auto online = [this](const base::SecretText& code,
                               const base::SecretText& pin) -> Result<assist::StaffSession::Who> {
        const std::lock_guard lock(gatewayMutex_);
        return gateway_->signInStaff({code.copy(), pin.copy()}).map([](const wire::StaffSignedIn& who) {
            return assist::StaffSession::Who{who.id, who.name, who.unit, who.role};
        });
    };
    const auto own = config_.dataDir / "duty";
    if (auto made = base::makeDirectories(own); !made) base::log::problem("duty_directory", made.error());
    return std::make_shared<assist::Duty>(
        assist::Duty::Parts{
            {[book](const auto& badge) { return book->find(badge); },
             [book](const auto& badge, const auto& pin) { return book->check(badge, pin); }, online},
            std::make_shared<assist::Lockout>(own / "lockout.json", clock_),
            std::make_shared<assist::AssistedDrafts>(own / "drafts", clock_),
            enrolment_->answer.stationName,
            [outbox = outbox_](auto handling) { outbox->setHandling(std::move(handling)); },
            [this](const ledger::Event& event) { return ledger_->append(event).map([](const auto&) {}); }},
        scheduler, clock_);
}

/// Who came by a code may be newer than the list that lies here.
bool Station::stillStaff(const assist::StaffSession& session) const {
    const auto list = staff_->list();
    if (!list) return true;
    const auto& who = session.who();
    const auto found = std::ranges::find((*list)->members, who.id, &wire::StaffMember::id);
    if (found != (*list)->members.end()) return found->role == who.role;
    const auto since = clock_.wall() - (clock_.boot().sinceBoot - session.signedIn().sinceBoot);
    return session.how() == assist::SignedInBy::CodeAndPin && (*list)->signedAt <= since;
}

Result<wire::FeedbackFields> Station::fields() const {
    const auto key = crypto::VerifyKey::parse(enrolment_->answer.contentKey);
    if (!key) return base::fail(base::ProblemKind::Malformed);
    return content::FieldsCache(config_.dataDir, *key).read();
}

device::AgentState::Link Station::link() const {
    const auto state = device::AgentState::read(config_.runtimeDir);
    return state ? state->linkAt(clock_.boot()) : device::AgentState::Link::Offline;
}

bool Station::storeSuspected() const {
    return outbox::storeSuspected(config_.dataDir);
}

namespace {

account::MyLine mineOver(const std::shared_ptr<link::ResidentLine>& line) {
    return {
        .services = [line](const auto& token) { return line->myServices(token); },
        .keepServices = [line](const auto& token,
                               const auto& mine) { return line->keepServices(token, mine); },
        .notices = [line](const auto& token) { return line->myNotices(token); },
        .noticesSeen = [line](const auto& token, const auto& seen) { return line->noticesSeen(token, seen); },
        .documents = [line](const auto& token) { return line->myDocuments(token); },
        .account = [line](const auto& token) { return line->myAccount(token); },
        .appointments = [line](const auto& token) { return line->myAppointments(token); },
        .consents = [line](const auto& token) { return line->myConsents(token); },
        .rights = [line](const auto& token) { return line->myRights(token); }};
}

}  // namespace

screens::Services Station::services(base::Scheduler& scheduler) {
    const auto prepare = [this](const auto& original) -> Result<feedback::DraftPicture> {
        static std::atomic<int> last{0};
        auto prepared = pictures_->prepare(original);
        if (!prepared) return tl::unexpected(prepared.error());
        return feedback::DraftPicture{std::to_string(++last), std::move(prepared->jpeg),
                                      std::move(prepared->thumbnail)};
    };
    return {
        .config = config_,
        .clock = clock_,
        .scheduler = scheduler,
        .wards = wards_,
        .hotlines = hotlines_,
        .station = enrolment_->answer,
        .outbox = outbox_,
        .fields = [this] { return fields(); },
        .status =
            [this](const std::string& code, const base::SecretText& secret) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->feedback(code, secret);
            },
        .callOfficer =
            [this] {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->callOfficer("help");
            },
        .preparePicture = prepare,
        .prepareBytes = prepare,
        .phoneUploads = phoneUploads_,
        .login = [this, &scheduler] { return login(scheduler); },
        .myReports = [line = residents_](const base::SecretText& token) { return line->myReports(token); },
        .dossier =
            [this](const std::string& code) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->dossier(code);
            },
        .myDossiers = [line = residents_](const base::SecretText& token) { return line->myDossiers(token); },
        .dossierBySlip =
            [this](const std::string& code, const base::SecretText& slipSecret) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->dossier(code, slipSecret);
            },
        .officeRating =
            [this](const std::string& office) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->officeRating(office);
            },
        .ratings = ratings_,
        .turns =
            [this](const std::string& office) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->turns(office);
            },
        .takeTurn =
            [this](const std::string& office, const wire::TurnRequest& request) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->takeTurn(office, request);
            },
        .turn =
            [this](const std::string& id) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->turn(id);
            },
        .appointment =
            [this](const std::string& code) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->appointment(code);
            },
        .watchDossier =
            [this](const std::string& code, const wire::WatchRequest& request) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->watchDossier(code, request);
            },
        .dossierPatterns = rules_.dossiers(),
        .endLogins = [line = residents_] { return line->endSessions(); },
        .pretendPhone = nullptr,
        .alerts = [this](std::string_view language) { return alerts_->active(language); },
        .city = [this] { return city(); },
        .map = map_,
        .surveyTokens = {[line = residents_](const std::string& survey, const base::SecretText& accessToken,
                                             const std::string& blinded) {
                             return line->surveyToken(survey, accessToken, blinded);
                         },
                         surveyKeys_},
        .camera = camera(scheduler),
        .printer = printer(scheduler),
        .stock = config_.printer ? config_.printer->stock : paper::Stock::Thermal80,
        .chime = chime(scheduler),
        .readScanned =
            [rules = rules_, this](std::string_view text) {
                return identity::readScanned(text, rules, clock_.wall());
            },
        .mine = mineOver(residents_),
        .duty = duty(scheduler),
        .staffName =
            [this](const std::string& id) {
                const auto list = staff_->list();
                if (!list) return std::string();
                const auto found = std::ranges::find((*list)->members, id, &wire::StaffMember::id);
                return found == (*list)->members.end() ? std::string() : found->name;
            },
        .stillStaff = [this](const assist::StaffSession& session) { return stillStaff(session); },
        .wardReport =
            [this](const campaign::ReportQuestion& question) {
                const std::lock_guard lock(gatewayMutex_);
                return gateway_->wardReport(question.by, question.from, question.to);
            }};
}

}  // namespace tram::shell
