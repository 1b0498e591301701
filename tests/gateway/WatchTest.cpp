// News of a dossier by a message: once for each piece of news, and nothing of anybody in the clear.
#include "gateway/notice/DossierWatch.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "PretendKiosk.h"
#include "QuietCity.h"
#include "gateway/notice/HttpNotifier.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using gateway::DossierWatch;
using gateway::News;
using gateway::Notice;
using gateway::Vault;
using nlohmann::json;
using wire::DossierState;

namespace {

constexpr const char* kWatched = "H29.168-261105-0042";

struct Outgoing {
    std::vector<std::string> sent;  ///< "id template text"
    std::set<std::string> ids;
    std::optional<ProblemKind> failure;
    std::function<void()> onSend;
};
class ScriptedNotifier final : public gateway::Notifier {
  public:
    explicit ScriptedNotifier(Outgoing& out) : out_(out) {}
    std::vector<wire::Channel> offers() const override { return {wire::Channel::Sms}; }
    base::Result<void> send(const Notice& notice) override {
        if (out_.failure) return base::fail(*out_.failure);
        if (out_.onSend) out_.onSend();
        out_.ids.insert(notice.id);
        out_.sent.push_back(notice.templateId + " " + notice.to.reveal() + " " + notice.facts.at("code") +
                            " " + notice.facts.at("link"));
        return {};
    }

  private:
    Outgoing& out_;
};

struct WatchDesk {
    TempDir dir;
    FakeClock clock;
    gateway::Storage storage = gateway::Storage::openOrCreate(dir / "data").value();
    Outgoing out;
    base::Result<std::optional<wire::DossierStatus>> answer = std::nullopt;
    crypto::OpeningKey key = crypto::OpeningKey::generate();
    std::unique_ptr<DossierWatch> watch;

    WatchDesk() {
        stands(DossierState::InProgress);
        start();
    }
    void stands(DossierState state, std::optional<int> days = {}) {
        wire::DossierStatus status;
        status.code = kWatched;
        status.procedure = "Đăng ký biến động";
        status.state = state;
        status.workingDays = days;
        answer = std::optional(status);
    }
    /// As after a restart: only the store is the same.
    void start(DossierWatch::Rules rules = {}) {
        DossierWatch::Parts parts;
        parts.notifier = std::make_unique<ScriptedNotifier>(out);
        parts.rules = rules;
        parts.vault = {
            [this](const base::SecretText& plain) -> std::optional<Vault::Sealed> {
                return Vault::Sealed{"k",
                                     crypto::toBase64(key.sealingKey().seal(crypto::view(plain.reveal())))};
            },
            [this](const Vault::Sealed& sealed) -> base::Result<base::SecretText> {
                const auto plain = key.open(*crypto::fromBase64(sealed.bytes));
                if (!plain) return tl::unexpected(plain.error());
                return base::SecretText(std::string(plain->reveal().begin(), plain->reveal().end()));
            },
            [](const base::SecretText& who) { return crypto::sha256Hex(crypto::view(who.reveal())); }};
        parts.ask = [this](const std::string&) { return answer; };
        parts.say = [](const std::string&, const std::string& word, const auto&) { return word; };
        parts.leaveLink = [](const std::string& token, const std::string&) { return "/b/" + token; };
        watch = std::make_unique<DossierWatch>(*storage.reports, std::move(parts), clock);
    }
    base::Result<wire::WatchAnswer> ask(const std::string& phone = "0901234567") {
        wire::WatchRequest request{.id = base::Uuid::v7(clock.wall())};
        request.to = base::SecretText(phone);
        request.consentVersion = "vi:1";
        request.consentAt = base::toRfc3339(clock.wall());
        request.language = "vi";
        return watch->watch(**answer, request);
    }
    void later(std::chrono::seconds much = std::chrono::hours(1)) {
        clock.advance(much);
        REQUIRE(watch->step([] { return false; }));
    }
    std::size_t count() { return watch->count().value(); }
};

}  // namespace

TEST_CASE("watch: each piece of news is told once, also after a restart, and then it ends") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    desk.later();
    CHECK(desk.out.sent.empty());
    desk.stands(DossierState::PapersAsked);
    desk.later();
    REQUIRE(desk.out.sent.size() == 1);
    CHECK(desk.out.sent[0].starts_with("dossier_papers_asked 0901234567 0042 /b/"));
    desk.later();
    desk.start();
    desk.later();
    CHECK(desk.out.sent.size() == 1);
    desk.stands(DossierState::InProgress, -2);
    desk.later();
    desk.stands(DossierState::PapersAsked);
    desk.later();
    CHECK(desk.out.sent.size() == 2);
    desk.stands(DossierState::Finished);
    desk.later();
    CHECK(desk.out.sent.size() == 3);
    CHECK(desk.count() == 1);
    REQUIRE(desk.watch->sweep());
    CHECK(desk.count() == 0);
    CHECK(desk.out.ids.size() == 3);
}

TEST_CASE("watch: papers that are asked for a second time are news again, and not within a day") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    desk.stands(DossierState::PapersAsked);
    desk.later();
    REQUIRE(desk.out.sent.size() == 1);
    desk.later(std::chrono::hours(48));
    CHECK(desk.out.sent.size() == 1);  // asked for once, however long it takes
    desk.stands(DossierState::InProgress);
    desk.later();
    desk.stands(DossierState::PapersAsked);
    desk.later();
    CHECK(desk.out.sent.size() == 2);
    desk.stands(DossierState::InProgress);
    desk.later();
    desk.stands(DossierState::PapersAsked);
    desk.later();
    CHECK(desk.out.sent.size() == 2);
}

TEST_CASE("watch: what stands there already is not told, and what has ended is not watched") {
    WatchDesk desk;
    desk.stands(DossierState::PaymentAsked);
    REQUIRE(desk.ask());
    desk.later();
    CHECK(desk.out.sent.empty());
    desk.stands(DossierState::HandedOver);
    CHECK(desk.ask("0901234568").error().kind == ProblemKind::Unprocessable);
}

TEST_CASE(
    "watch: a message that does not go out is tried again under its own name, not at night, and not for "
    "ever") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    desk.stands(DossierState::Finished);
    desk.out.failure = ProblemKind::Timeout;
    desk.later();
    desk.later(std::chrono::minutes(1));
    CHECK(desk.out.sent.empty());
    REQUIRE(desk.watch->sweep());
    CHECK(desk.count() == 1);
    desk.out.failure.reset();
    desk.later();
    CHECK(desk.out.sent.size() == 1);

    WatchDesk night;
    REQUIRE(night.ask());
    night.stands(DossierState::Finished);
    night.later(std::chrono::hours(14));  // it was morning
    CHECK(night.out.sent.empty());
    night.later(std::chrono::hours(10));
    CHECK(night.out.sent.size() == 1);

    WatchDesk refused;
    REQUIRE(refused.ask());
    refused.stands(DossierState::Finished);
    refused.out.failure = ProblemKind::Unprocessable;
    refused.later();
    REQUIRE(refused.watch->sweep());
    CHECK(refused.count() == 0);
}

TEST_CASE("watch: the same phone and dossier are one watch, and one phone has only so many") {
    WatchDesk desk;
    DossierWatch::Rules few;
    few.perAddress = 1;
    desk.start(few);
    REQUIRE(desk.ask());
    REQUIRE(desk.ask());
    CHECK(desk.count() == 1);
    auto other = **desk.answer;
    other.code = "H29.168-261105-0043";
    desk.answer = std::optional(other);
    CHECK(desk.ask().error().kind == ProblemKind::TooManyRequests);
    CHECK(desk.ask("0901234568"));
    const auto index = crypto::sha256Hex(crypto::view(std::string("0901234567")));
    CHECK(gateway::forgetWatches(*desk.storage.reports, index).value() == 1);
    CHECK(desk.count() == 1);
}

TEST_CASE("watch: its link ends it, its time ends it, and a source that is silent does not") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    desk.answer = base::fail(ProblemKind::ServerFault);
    desk.later();
    CHECK(desk.count() == 1);
    desk.stands(DossierState::PapersAsked);
    desk.later();
    desk.later();
    REQUIRE(desk.out.sent.size() == 1);
    const auto token = desk.out.sent[0].substr(desk.out.sent[0].rfind('/') + 1);
    CHECK(desk.watch->knows(token).value());
    CHECK_FALSE(desk.watch->leave("AAECAwQFBgcICQoLDA0ODw").value());
    CHECK(desk.watch->leave(token).value());
    CHECK(desk.count() == 0);
    desk.stands(DossierState::InProgress);
    REQUIRE(desk.ask());
    desk.clock.advance(std::chrono::days(181));
    REQUIRE(desk.watch->sweep());
    CHECK(desk.count() == 1);  // by a clock that may have leapt, nothing goes
    REQUIRE(desk.watch->sweepEnded());
    CHECK(desk.count() == 0);
}

TEST_CASE("watch: a phone is the same however it is written") {
    WatchDesk desk;
    REQUIRE(desk.ask("0901234567"));
    REQUIRE(desk.ask("+84901234567"));
    CHECK(desk.count() == 1);
}

TEST_CASE(
    "watch: news that is true no longer is not told in the morning, and what was ended is not told at all") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    REQUIRE(desk.ask("0901234568"));
    desk.stands(DossierState::PapersAsked);
    desk.later(std::chrono::hours(12));  // 21:41
    desk.stands(DossierState::InProgress);
    desk.later();
    desk.later(std::chrono::hours(12));
    CHECK(desk.out.sent.empty());
    desk.stands(DossierState::PapersAsked);
    desk.out.onSend = [&] {
        REQUIRE(gateway::forgetWatches(*desk.storage.reports,
                                       crypto::sha256Hex(crypto::view(std::string("0901234567")))));
        REQUIRE(gateway::forgetWatches(*desk.storage.reports,
                                       crypto::sha256Hex(crypto::view(std::string("0901234568")))));
    };
    desk.later();
    CHECK(desk.out.sent.size() == 1);  // the one that was under way
}

TEST_CASE("watch: who asks once more before the last message went out is told what comes after it") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    desk.stands(DossierState::Finished);
    desk.out.failure = ProblemKind::Timeout;
    desk.later();
    desk.out.failure.reset();
    desk.stands(DossierState::InProgress);
    REQUIRE(desk.ask());
    desk.later();
    desk.later();
    REQUIRE(desk.watch->sweep());
    CHECK(desk.count() == 1);
}

TEST_CASE("watch: neither phone nor code stand in the store as they are") {
    WatchDesk desk;
    REQUIRE(desk.ask());
    desk.stands(DossierState::PapersAsked);
    desk.later();
    for (const char* plain : {"0901234567", kWatched, "261105-0042"})
        CHECK(filesWith(desk.dir / "data", plain).empty());
}

TEST_CASE("watch: a sender's file names the key that is wrong") {
    const json fine = {{"channels", {"sms"}},
                       {"url", "https://sms.example.vn/send"},
                       {"body", {{"to", "{to}"}, {"m", "{text}"}}}};
    const auto wrong = [&](const json& patch) {
        auto file = fine;
        file.merge_patch(patch);
        const auto read = gateway::NotifierFile::parse(file.dump());
        return read ? "right" : std::string(read.error().fact("key"));
    };
    CHECK(wrong(json::object()) == "right");
    CHECK(wrong({{"channels", {"fax"}}}) == "notices.channels");
    CHECK(wrong({{"url", "http://sms.example.vn/"}}) == "notices.url");
    CHECK(wrong({{"url", "https://sms.example.vn/{to}"}}) == "notices.url");
    CHECK(wrong({{"body", {{"to", "x"}}}}) == "notices.body");
    CHECK(wrong({{"more", 1}}) == "notices.more");
}

TEST_CASE("watch: over the line it needs a kiosk, a dossier that goes on, and is told in the demo's outbox") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto watch = [&](const std::string& code, HeaderList headers,
                           const std::string& to = "0901234567") {
        wire::WatchRequest request{.id = base::Uuid::v7(base::SystemClock().wall())};
        request.to = base::SecretText(to);
        request.consentVersion = "vi:1";
        request.consentAt = base::toRfc3339(base::SystemClock().wall());
        request.language = "vi";
        return city.send({.method = "POST",
                          .path = "/v1/dossiers/" + code + "/watch",
                          .headers = std::move(headers),
                          .type = "application/json",
                          .body = request.toJson().reveal()});
    };
    CHECK(watch(kWatched, {}).status == 401);
    CHECK(watch(kWatched, kiosk.auth()).status == 200);
    CHECK(watch(kWatched, kiosk.auth()).status == 200);
    CHECK(watch("H29.168-261105-0043", kiosk.auth()).status == 404);
    const auto asked = city.send({.path = std::string("/v1/dossiers/") + kWatched, .headers = kiosk.auth()});
    CHECK(json::parse(asked.body).at("notify") == json::array({"sms"}));
    const auto stranger = city.send({.path = std::string("/v1/dossiers/") + kWatched});
    CHECK_FALSE(json::parse(stranger.body).contains("notify"));
    CHECK(city.send({.path = "/b/AAECAwQFBgcICQoLDA0ODw"}).status == 404);
    CHECK(city.send({.method = "POST",
                     .path = "/b/AAECAwQFBgcICQoLDA0ODw",
                     .type = "application/x-www-form-urlencoded",
                     .body = "leave=1"})
              .status == 404);
    CHECK(city.logs().find("0901234567") == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
