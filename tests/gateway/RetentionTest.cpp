#include <catch2/catch.hpp>
#include <random>

#include "QuietCity.h"
#include "base/Files.h"

using namespace tram;
using namespace tram::test;
using std::chrono::days;
using Files = std::vector<std::string>;
using wire::ActionVerdict;

namespace {

// Luật 91/2025/QH15: what nobody needs any more goes (STANDARDS 13 for what stays behind).
constexpr const char* kSecret = "CANARY-Yến";

void shortLives(gateway::GatewayConfig& config) {
    config.retention = {days(7), days(30), days(60)};
}

std::size_t filesBelow(const std::filesystem::path& dir) {
    std::size_t count = 0;
    if (!std::filesystem::exists(dir)) return 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir))
        count += entry.is_regular_file();
    return count;
}

}  // namespace

TEST_CASE(
    "who wrote a report is opened in no file, what was written until it is closed and its time is over") {
    QuietCity quiet(shortLives);
    const auto sent = quiet.send(kSecret);
    const auto nobody = [&] {
        CHECK(quiet.filesWith("0903 000 000") == Files{});
        CHECK(quiet.filesWith(std::string(kSecret) + "@example.vn") == Files{});
    };
    nobody();
    CHECK(quiet.filesWith(sent.secret) ==
          Files{});  // of the receipt's secret only a hash, from the beginning
    quiet.deliverAll();
    nobody();
    quiet.city->tidy();  // every minute: the log is emptied into the file
    nobody();
    CHECK(quiet.filesWith(kSecret) == Files{"reports.db"});

    quiet.closeAll();
    quiet.clock.advance(days(29));
    quiet.city->tidy();
    CHECK(quiet.knows(sent.code));
    const auto holders = quiet.filesWith(kSecret);
    CHECK(holders.size() > 0);
    for (const auto& holder : holders) CHECK(holder.starts_with("reports.db"));

    quiet.clock.advance(days(2));
    quiet.city->tidy();
    CHECK_FALSE(quiet.knows(sent.code));
    for (const auto& trace : {std::string(kSecret), sent.code, sent.id.text(), sent.bytes.substr(40, 200)}) {
        INFO(trace);
        CHECK(quiet.filesWith(trace) == Files{});
    }
    CHECK(quiet.city->inbox.counts()->forgotten == 1);
    CHECK(quiet.city->reports.counts()->done == 0);

    // The id is taken for ever, in the next life too.
    for (int life = 0; life < 2; ++life) {
        CHECK(quiet.take(sent.bytes).verdict == ActionVerdict::Replayed);
        const auto to =
            crypto::SealingKey::parse(quiet.city->keys.sealingKeys(quiet.clock.wall()).front().key);
        const auto other = wire::Envelope::make(sent.id, quiet.kiosk.id, "{}", *to, quiet.key);
        CHECK(quiet.take(other).verdict == ActionVerdict::Conflict);
        quiet.restart();
    }
    CHECK_FALSE(quiet.knows(sent.code));
    CHECK(quiet.city->inbox.counts()->stored + quiet.city->inbox.counts()->opened == 0);
}

TEST_CASE("whose a report is stands beside it as a hash, and goes with it") {
    QuietCity quiet(shortLives);
    const base::SecretText sub(std::string(42, 'B') + "E");
    const auto index = quiet.city->subjects.indexOf(sub);
    const auto ofLan = [&](auto&, auto& report) { report.reporterSubject = sub.copy(); };
    const auto sent = quiet.seal("closed", 0, ofLan), asked = quiet.seal("erased", 0, ofLan);
    for (const auto& report : {&sent, &asked})
        REQUIRE(quiet.take(report->bytes).verdict == ActionVerdict::Accepted);
    CHECK(quiet.city->reports.ofSubject(index, 10)->size() == 2);
    CHECK(quiet.filesWith(sub.reveal()) == Files{});
    CHECK_FALSE(quiet.filesWith(index).empty());  // the search would find it
    REQUIRE(quiet.city->erasure.forget(asked.id));
    CHECK(quiet.city->reports.ofSubject(index, 10)->size() == 1);
    quiet.closeAll();
    quiet.clock.advance(days(31));
    quiet.city->tidy();
    CHECK(quiet.city->reports.ofSubject(index, 10)->empty());
    CHECK(quiet.filesWith(index) == Files{});
}

TEST_CASE("pictures go when 1022 has had the report for long enough, and not before it has it") {
    QuietCity quiet(shortLives);
    const auto delivered = quiet.send(kSecret, 2);
    quiet.deliverAll();
    const auto pictures = quiet.data() / "attachments";
    quiet.clock.advance(days(6));
    const auto waiting = quiet.send(kSecret, 1);  // nobody delivers it
    quiet.city->tidy();
    CHECK(filesBelow(pictures) == 3);
    quiet.clock.advance(days(2));
    quiet.city->tidy();
    CHECK(filesBelow(pictures) == 1);
    CHECK(quiet.city->attachments.state(quiet.kiosk.id, waiting.pictures[0].ref.sha256)->complete);
    CHECK(quiet.knows(delivered.code));
    quiet.clock.advance(days(400));
    quiet.city->tidy();
    CHECK(filesBelow(pictures) == 1);
    CHECK(quiet.take(delivered.bytes).verdict == ActionVerdict::Replayed);  // and is not asked for them again
}

TEST_CASE("sealed bytes go after their time, but never before their report is delivered") {
    QuietCity quiet(shortLives);
    const auto waiting = quiet.send(kSecret, 1);
    const auto quarantined = quiet.seal(kSecret, 0, [](auto& body, auto&) { body.kind = "unknown.kind"; });
    REQUIRE(quiet.take(quarantined.bytes).verdict == ActionVerdict::Accepted);
    quiet.clock.advance(days(61));
    quiet.city->tidy();
    CHECK(quiet.city->inbox.counts()->opened == 1);
    CHECK(quiet.city->inbox.counts()->quarantined == 1);  // waits for a person as long as it takes

    quiet.deliverAll();
    quiet.clock.advance(std::chrono::hours(2));
    quiet.city->tidy();
    CHECK(quiet.city->inbox.counts()->opened == 0);
    CHECK(quiet.city->inbox.counts()->forgotten == 1);
    CHECK(quiet.filesWith(waiting.bytes.substr(40, 200)) == Files{});
    CHECK(quiet.filesWith(quarantined.bytes.substr(40, 200)) == Files{"gateway.db"});
    CHECK(quiet.knows(waiting.code));  // the report itself is still followed
    quiet.closeAll();
    quiet.clock.advance(days(31));
    quiet.city->tidy();
    CHECK_FALSE(quiet.knows(waiting.code));
    CHECK(quiet.filesWith(kSecret) == Files{});
    CHECK(quiet.take(waiting.bytes).verdict == ActionVerdict::Replayed);
}

TEST_CASE("without retention times a demo keeps everything") {
    QuietCity quiet;
    const auto sent = quiet.send(kSecret, 1);
    quiet.closeAll();
    quiet.clock.advance(days(4000));
    quiet.city->tidy();
    CHECK(quiet.knows(sent.code));
    CHECK(quiet.city->inbox.counts()->opened == 1);
}

TEST_CASE("a report that is forgotten on request leaves two hashes, wherever it stood") {
    QuietCity quiet;
    const auto other = quiet.send("somebody-else");
    const auto waiting = quiet.send(kSecret, 1);
    const auto forgotten = quiet.city->erasure.forget(*base::TrackingCode::parse(waiting.code));
    REQUIRE(forgotten);
    CHECK(forgotten->id == waiting.id.text());
    CHECK(forgotten->externalNumber.empty());
    quiet.deliverAll();

    const auto followed = quiet.send(kSecret, 1);
    quiet.deliverAll();
    const auto second = quiet.city->erasure.forget(*base::TrackingCode::parse(followed.code));
    REQUIRE(second);
    CHECK(second->externalNumber == "1022-26-004218");
    REQUIRE(quiet.city->erasure.scrub());

    for (const auto* sent : {&waiting, &followed}) {
        CHECK_FALSE(quiet.knows(sent->code));
        for (const auto& trace : {sent->code, sent->bytes.substr(40, 200), sent->pictures[0].ref.sha256})
            CHECK(quiet.filesWith(trace) == Files{});
        CHECK(quiet.take(sent->bytes).verdict == ActionVerdict::Replayed);
        const auto again = quiet.city->erasure.forget(*base::TrackingCode::parse(sent->code));
        REQUIRE_FALSE(again);
        CHECK(again.error().kind == base::ProblemKind::NotFound);
        CHECK_FALSE(quiet.city->erasure.forget(sent->id));
    }
    CHECK(quiet.filesWith(kSecret) == Files{});
    CHECK(quiet.knows(other.code));
    quiet.closeAll();
    CHECK(quiet.city->reports.counts()->done == 1);
}

TEST_CASE("forgetting goes on where a crash cut it off") {
    QuietCity quiet;
    const auto sent = quiet.send(kSecret, 1);
    // Each of the moments between its steps.
    quiet.sql(*quiet.city->storage.city, "UPDATE envelopes SET state = 'forgetting'");
    SECTION("the intent alone") {}
    SECTION("the report is gone") {
        quiet.sql(*quiet.city->storage.reports, "DELETE FROM reports");
    }
    SECTION("the report and the picture are gone") {
        quiet.sql(*quiet.city->storage.reports, "DELETE FROM reports");
        std::filesystem::remove(quiet.city->attachments.file(quiet.kiosk.id, sent.pictures[0].ref.sha256));
    }
    quiet.restart();
    quiet.city->tidy();
    CHECK(quiet.city->inbox.counts()->forgotten == 1);
    CHECK_FALSE(quiet.knows(sent.code));
    CHECK_FALSE(quiet.city->attachments.state(quiet.kiosk.id, sent.pictures[0].ref.sha256)->complete);
    CHECK(quiet.take(sent.bytes).verdict == ActionVerdict::Replayed);
    REQUIRE(quiet.city->erasure.scrub());
    CHECK(quiet.filesWith(kSecret) == Files{});
}

TEST_CASE(
    "what was deleted is gone from the files within a minute, whoever deleted it and whatever ended first") {
    QuietCity quiet;
    std::vector<QuietCity::Sealed> all;
    for (int at = 0; at < 20; ++at) all.push_back(quiet.send("GONE-" + std::to_string(at)));
    quiet.deliverAll();
    quiet.city->tidy();
    const auto gone = [&] {
        const auto bytes = base::readFile(quiet.data() / "reports.db", 1u << 30);
        const auto log = base::readFile(quiet.data() / "reports.db-wal", 1u << 30);
        return bytes->find("GONE") == std::string::npos && log->find("GONE") == std::string::npos;
    };
    CHECK_FALSE(gone());
    auto beside = gateway::Storage::openExisting(quiet.data());
    gateway::Attachments attachments(*beside, {});
    gateway::Erasure other(*beside, attachments);
    for (std::size_t at = 0; at < all.size(); ++at)
        REQUIRE((at % 2 ? quiet.city->erasure : other).forget(all[at].id));
    quiet.restart();
    REQUIRE(quiet.city->storage.reports->read([&](SQLite::Database& db) -> base::Result<void> {
        // While somebody reads an older state nothing is rewritten, and the log does not grow by it.
        SQLite::Database reader((quiet.data() / "reports.db").string(), SQLite::OPEN_READONLY);
        SQLite::Statement held(reader, "SELECT * FROM tallies");
        held.executeStep();
        db.exec("UPDATE tallies SET count = count");
        return {};
    }));
    quiet.city->tidy();
    CHECK(gone());
    CHECK(std::filesystem::file_size(quiet.data() / "reports.db-wal") < 64u << 10);
}

TEST_CASE("no byte of the forgotten stays between the kept") {
    // SQLite moves rows when it balances its trees, and overwrites only where a row is deleted: what it left
    // behind on the way must be gone as well.
    const auto* given = std::getenv("TRAM_SEED");
    const auto seed = given ? std::stoull(given) : std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    QuietCity quiet;
    std::vector<QuietCity::Sealed> all;
    for (int at = 0; at < 120; ++at) {
        all.push_back(quiet.seal("GONE-" + std::to_string(at), 0, [&](auto&, auto& report) {
            report.text = base::SecretText(report.text.reveal() + std::string(random() % 1800, 'x'));
        }));
        REQUIRE(quiet.take(all.back().bytes).verdict == ActionVerdict::Accepted);
        if (at % 40 == 39) quiet.deliverAll();
    }
    std::shuffle(all.begin(), all.end(), random);
    const std::size_t kept = 20;
    for (std::size_t at = kept; at < all.size(); ++at)
        REQUIRE(quiet.city->erasure.forget(*base::TrackingCode::parse(all[at].code)));
    REQUIRE(quiet.city->erasure.scrub());
    std::vector<std::string> texts;
    for (const auto* file : {"gateway.db", "gateway.db-wal", "reports.db", "reports.db-wal"}) {
        const auto bytes = base::readFile(quiet.data() / file, std::size_t{1} << 30);
        REQUIRE(bytes);
        texts.push_back(*bytes);
    }
    std::size_t found = 0;
    for (std::size_t at = 0; at < all.size(); ++at)
        for (const auto& text : texts) {
            const bool there =
                text.find(all[at].code) != std::string::npos ||
                text.find(all[at].id.text()) != std::string::npos ||
                text.find(all[at].bytes.substr(all[at].bytes.size() / 2, 100)) != std::string::npos;
            if (at >= kept) CHECK_FALSE(there);
            found += at < kept && there;
        }
    CHECK(quiet.city->inbox.counts()->quarantined == 0);
    CHECK(found >= 2 * kept);  // the search itself finds what is there
}
