#include "Visit.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "content/City.h"

namespace tram::ui::test {

using tram::test::runAndRead;

namespace {

/// Five days of 1022 in ten seconds.
constexpr double kSpeed = 43200;

base::Words words(const shell::Options& options, const char* language) {
    auto loaded = base::Words::load(options.share / "locale", language);
    REQUIRE(loaded.has_value());
    return std::move(*loaded);
}

}  // namespace

Visit::Visit(const std::string& language, wxSize size, int textPercent) : city_({.speed = kSpeed}) {
    startWx();
    options_.config = dir_ / "kiosk.json";
    options_.share = TRAM_BINARY_DIR "/share/tram";
    options_.camera = TRAM_CAMERA;
    options_.size = size;
    options_.scale = textPercent;
    options_.language = language;
    writeConfig(language);
    int exitCode = -1;
    const auto config = options_.config.string();
    const auto said =
        runAndRead({TRAM_TOOL, "enrol", "--config", config, "--code", city_.enrolmentCode()}, exitCode);
    INFO(said);
    REQUIRE(exitCode == 0);
    agent_.start({TRAM_AGENT, "--config", config}, dir_ / "agent.log");
    openStation(true);
}

Visit::~Visit() {
    leave();
    agent_.stop(SIGTERM);
}

void Visit::leave() {
    robot_.reset();
    if (kiosk_) kiosk_->Destroy();
    kiosk_ = nullptr;
    wxTheApp->ProcessIdle();
    wxYield();
}

void Visit::enter(const std::string& id) {
    REQUIRE(kiosk().surface().focus(id, true));
    robot().settle();
    robot().key(WXK_RETURN);
}

void Visit::toPictures() {
    robot().tap("start");
    REQUIRE(arrives("home"));
    robot().tap("tile.feedback");
    REQUIRE(arrives("feedback_field"));
    auto& flow = feedback().flow();
    flow.chooseField("thoat-nuoc");
    flow.setText("Nắp cống vỡ, dễ té ngã");
    REQUIRE(flow.next());
    REQUIRE(flow.next());
    REQUIRE(arrives("feedback_pictures"));
}

void Visit::typeReport() {
    robot().tap("tile.feedback");
    REQUIRE(arrives("feedback_field"));
    robot().tap("field.thoat-nuoc");
    REQUIRE(arrives("feedback_text"));
    robot().type("nuwowcs ngaapj tuwf sangs");
    for (const char* page : {"feedback_place", "feedback_pictures"}) {
        robot().tap("next");
        REQUIRE(arrives(page));
    }
}

void Visit::nextResident() {
    const bool online = kiosk_->online();
    leave();
    wiped_ = false;
    openStation(online);
}

void Visit::writeConfig(const std::string& language) {
    std::filesystem::create_directories(dir_ / "data");
    std::filesystem::create_directories(dir_ / "run");
    std::ofstream(options_.config)
        << R"({"demo": true, "gateway_url": ")" << city_.url() << R"(", "data_dir": ")"
        << (dir_ / "data").string() << R"(", "runtime_dir": ")" << (dir_ / "run").string()
        << R"(", "sample_dir": ")" << TRAM_SOURCE_DIR
        << R"(/resources/demo/pictures", "place": {"latitude": 10.7712, "longitude": 106.6841},
                                   "turns": {"office": "27154"},
                                   "map": ")"
        << TRAM_BINARY_DIR << R"(/share/tram/demo-maps/centre.sketch", "language": ")" << language << "\"}";
}

void Visit::openStation(bool online) {
    std::unique_ptr<shell::Station> station;
    REQUIRE(runUntil(
        [&] {
            auto opened = shell::Station::open(options_);
            if (opened) station = std::move(*opened);
            return station && station->online() == online;
        },
        std::chrono::seconds(20)));
    kiosk_ = new shell::Kiosk(options_, std::move(station), words(options_, "vi"), words(options_, "en"));
    kiosk_->onWipe = [this] { wiped_ = true; };
    kiosk_->Show();
    kiosk_->Raise();
    kiosk_->surface().SetFocus();
    robot_ = std::make_unique<Robot>(kiosk_->surface());
    REQUIRE(runUntil([&] { return kiosk_->IsActive() && kiosk_->surface().HasFocus(); }));
    robot_->settle();
}

bool Visit::arrives(const std::string& screen, std::chrono::milliseconds limit) {
    const bool there = runUntil([&] { return kiosk_->screen().name() == screen; }, limit);
    robot_->settle();
    if (!there)
        UNSCOPED_INFO("the kiosk is on " << kiosk_->screen().name() << ", its window "
                                         << (kiosk_->IsActive() ? "active" : "not active"));
    return there;
}

std::string Visit::outboxBytes() const {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir_ / "data"))
        // Packs are the city's, and the sample one has streets that people live in; campaigns name guides.
        if (entry.is_regular_file() && entry.path().extension() != ".pack" &&
            entry.path().filename() != "campaigns.json") {
            std::ifstream file(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
    return all;
}

screens::Services inTime(const screens::Services& real, const base::Clock& clock,
                         base::Scheduler& scheduler) {
    return {.config = real.config,
            .clock = clock,
            .scheduler = scheduler,
            .wards = real.wards,
            .hotlines = real.hotlines,
            .station = real.station,
            .outbox = real.outbox,
            .fields = real.fields,
            .status = real.status,
            .callOfficer = real.callOfficer,
            .preparePicture = real.preparePicture,
            .prepareBytes = real.prepareBytes,
            .phoneUploads = real.phoneUploads,
            .login = real.login,
            .myReports = real.myReports,
            .dossier = real.dossier,
            .myDossiers = real.myDossiers,
            .dossierBySlip = real.dossierBySlip,
            .officeRating = real.officeRating,
            .ratings = real.ratings,
            .dossierPatterns = real.dossierPatterns,
            .endLogins = real.endLogins,
            .pretendPhone = real.pretendPhone,
            .alerts = real.alerts,
            .city = real.city,
            .map = real.map,
            .surveyTokens = real.surveyTokens,
            .camera = real.camera,
            .chime = real.chime,
            .readScanned = real.readScanned,
            .mine = real.mine,
            .duty = real.duty,
            .staffName = real.staffName,
            .stillStaff = real.stillStaff,
            .wardReport = real.wardReport};
}

void beginInCity(Visit& visit) {
    auto services = visit.kiosk().services();
    services.city = [city = std::make_shared<const content::City>(content::City::open(
                         services.city()->catalogue(),
                         {TRAM_BINARY_DIR "/share/tram/demo-packs/city.pack"}))] { return city; };
    visit.kiosk().useServices(services);
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
}

bool says(Visit& visit, const std::string& words) {
    for (const auto& view : visit.kiosk().surface().describe())
        if (view.spoken.find(words) != std::string::npos) return true;
    return false;
}

std::string spoken(Visit& visit, const std::string& id) {
    for (const auto& view : visit.kiosk().surface().describe())
        if (view.id == id) return view.spoken;
    return "-";
}

}  // namespace tram::ui::test
