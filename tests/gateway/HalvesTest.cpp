// gateway.db and reports.db of two ages: somebody has put back one of them.
#include <catch2/catch.hpp>
#include <csignal>

#include "QuietCity.h"

using namespace tram;
using namespace tram::test;
namespace fs = std::filesystem;

namespace {

/// A store at rest: its databases are closed, so that their logs are part of them.
class AtRest {
  public:
    explicit AtRest(QuietCity& quiet) : quiet_(quiet) { quiet.city.reset(); }
    ~AtRest() {
        quiet_.restart();
        quiet_.city->startWork();
        quiet_.city->stopWork();
    }
    void keep(const char* half) {
        fs::copy_file(quiet_.data() / half, quiet_.dir / half, fs::copy_options::overwrite_existing);
    }
    void putBack(const char* half) {
        for (const auto* log : {"-wal", "-shm"}) fs::remove(quiet_.data() / (std::string(half) + log));
        fs::copy_file(quiet_.dir / half, quiet_.data() / half, fs::copy_options::overwrite_existing);
    }

  private:
    QuietCity& quiet_;
};

/// How a report came in, and then all of it again, from a kiosk that offers anew.
void offerAgain(QuietCity& quiet, const QuietCity::Sealed& sent) {
    for (const auto& picture : sent.pictures)
        if (!quiet.city->attachments.state(quiet.kiosk.id, picture.ref.sha256)->complete)
            quiet.upload(picture);
    quiet.take(sent.bytes);
}

std::string reasonOf(QuietCity& quiet, const base::Uuid& id) {
    const auto found = quiet.city->quarantine.find(id);
    REQUIRE(found);
    return *found ? (*found)->reason : "";
}

}  // namespace

TEST_CASE("reports that an older reports.db does not have are opened again, and those erased do not return") {
    QuietCity quiet;
    const auto stays = quiet.send("stays", 1), erased = quiet.send("CANARY", 1), swept = quiet.send("swept");
    const auto waits = quiet.send("waits");
    quiet.deliverAll();
    AtRest(quiet).keep("reports.db");
    REQUIRE(quiet.city->erasure.forget(erased.id));
    // The bytes of this one go first, and its report on request later.
    quiet.clock.advance(std::chrono::days(40));
    REQUIRE(quiet.city->erasure.sweep({.envelopes = std::chrono::days(30)}, quiet.clock.wall()));
    REQUIRE(quiet.city->erasure.forget(swept.id));
    std::vector<QuietCity::Sealed> later;
    for (int at = 0; at < 3; ++at) later.push_back(quiet.send("later", 1));
    AtRest(quiet).putBack("reports.db");
    for (const auto& sent : later) CHECK(quiet.knows(sent.code));
    CHECK(quiet.knows(stays.code));
    CHECK(quiet.knows(waits.code));
    CHECK_FALSE(quiet.knows(erased.code));
    CHECK_FALSE(quiet.knows(swept.code));
    CHECK(quiet.city->inbox.counts()->opened == 3);
    CHECK(quiet.city->inbox.counts()->quarantined == 0);
    for (const auto* sent : {&stays, &erased, &swept, &waits}) offerAgain(quiet, *sent);
    for (const auto& sent : later) offerAgain(quiet, sent);
    CHECK_FALSE(quiet.knows(erased.code));
    CHECK_FALSE(quiet.knows(swept.code));
    CHECK(quiet.take(erased.bytes).verdict == wire::ActionVerdict::Replayed);
    quiet.city->tidy();
    CHECK(quiet.filesWith("CANARY").empty());
}

TEST_CASE("what an older reports.db lost is in quarantine when it cannot be opened any more") {
    QuietCity quiet;
    AtRest(quiet).keep("reports.db");
    const auto sent = quiet.send("x", 1);
    fs::remove(quiet.city->attachments.file(quiet.kiosk.id, sent.pictures[0].ref.sha256));
    AtRest(quiet).putBack("reports.db");
    CHECK_FALSE(quiet.knows(sent.code));
    CHECK(reasonOf(quiet, sent.id) == "attachment_missing");
    quiet.upload(sent.pictures[0]);
    REQUIRE(quiet.city->quarantine.retry(sent.id));
    quiet.city->tidy();
    CHECK(quiet.knows(sent.code));
}

TEST_CASE("what an older gateway.db still calls opened may have been erased and waits for people") {
    QuietCity quiet;
    const auto stays = quiet.send("stays"), erased = quiet.send("CANARY");
    AtRest(quiet).keep("gateway.db");
    REQUIRE(quiet.city->erasure.forget(erased.id));
    const auto later = quiet.send("later");
    AtRest(quiet).putBack("gateway.db");
    CHECK(quiet.knows(stays.code));
    CHECK(quiet.knows(later.code));
    CHECK_FALSE(quiet.knows(erased.code));
    CHECK(reasonOf(quiet, erased.id) == "report_gone");
    // Its kiosk offers what this gateway.db does not know: one report it stays.
    CHECK(quiet.take(later.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto reports =
        quiet.city->reports.counts();  // whether the pretend 1022 has taken one already or not
    CHECK(reports->waiting + reports->followed + reports->done == 2);
    REQUIRE(quiet.city->erasure.forget(erased.id));
    REQUIRE(quiet.city->erasure.scrub());
    CHECK(quiet.filesWith("CANARY").empty());
    {
        AtRest again(quiet);
    }
    CHECK(quiet.city->inbox.counts()->quarantined == 0);
    CHECK(quiet.knows(stays.code));
}

TEST_CASE("halves of one age are left as they are at every start") {
    QuietCity quiet;
    const auto open = quiet.send("open", 1), closed = quiet.send("closed");
    quiet.closeAll();
    const auto broken = quiet.seal("x", 0, [](auto& body, auto&) { body.kind = "unknown.kind"; });
    REQUIRE(quiet.take(broken.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto before = quiet.city->reports.counts();
    for (int at = 0; at < 2; ++at) {
        {
            AtRest again(quiet);
        }
        CHECK(quiet.city->inbox.counts()->opened == 2);
        CHECK(quiet.city->inbox.counts()->quarantined == 1);
        CHECK(quiet.city->reports.counts()->done == before->done);
        CHECK(quiet.knows(open.code));
        CHECK(quiet.knows(closed.code));
    }
}

TEST_CASE("an older reports.db put back by hand, then restored, costs no report") {
    LiveCity city;
    PretendKiosk kiosk(city);
    std::vector<PretendKiosk::Sent> sent;
    const auto send = [&](int count) {
        for (int at = 0; at < count; ++at) {
            sent.push_back(kiosk.report());
            REQUIRE(kiosk.verdict(sent.back().envelope) == "accepted");
        }
    };
    const auto data = city.dataDir(), kept = data.parent_path() / "reports.db";
    send(5);
    city.stopGateway(SIGTERM);
    fs::copy_file(data / "reports.db", kept);  // without its log: perhaps nothing at all
    city.startGateway();
    send(10);
    city.stopGateway(SIGTERM);
    for (const char* file : {"reports.db", "reports.db-wal", "reports.db-shm"}) fs::remove(data / file);
    fs::rename(kept, data / "reports.db");
    city.tool({"restored"});
    city.startGateway();
    kiosk.token = kiosk.askToken(kiosk.assertion());
    for (const auto& each : sent) {
        CHECK(kiosk.verdict(each.envelope) == "replayed");
        CHECK(kiosk.follow(each.code, each.secret).status == 200);
    }
    CHECK(city.logs().find("store.halves_differed reopened=1") != std::string::npos);
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
