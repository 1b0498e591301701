// The log edited in every way of STANDARDS 21.
#include "ledger/Verify.h"

#include "LogRoom.h"

using namespace tram;
using namespace tram::test;
using namespace tram::ledger;

TEST_CASE("verify: a log that nobody touched is sound, and nothing is no log") {
    const LogRoom room;
    CHECK(room.verify().sound());
    CHECK(room.verify().chains.empty());
    const auto head = room.fill(8);
    const auto verdict = room.verify({head});
    REQUIRE(verdict.chains.size() == 1);
    const auto& seen = verdict.chains.front();
    CHECK(verdict.sound());
    CHECK(seen.head == head);
    CHECK(seen.head.n == 9);
    CHECK(seen.acknowledged == 9);
    CHECK(seen.after == "first");
    CHECK(seen.follows == kNoHash);
    CHECK(seen.torn == 0);
    CHECK(seen.began == room.clock.wall());
}

TEST_CASE("verify: each byte of a log, flipped, is found where it is") {
    const LogRoom room;
    const auto head = room.fill(3);
    const auto whole = room.bytes();
    std::int64_t line = 1;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto other = whole;
        other[at] = static_cast<char>(other[at] ^ 0x04);
        room.put(other);
        const auto verdict = room.verify({head});
        INFO(at << " in line " << line);
        CHECK_FALSE(verdict.sound());
        // The last line break is what a power cut takes: that the line had been acknowledged tells.
        if (at + 1 < whole.size()) CHECK(verdict.chains.front().broken == Broken{Damage::Edited, line});
        if (whole[at] == '\n') ++line;
    }
}

TEST_CASE("verify: a line edited together with its hash is found by the next one") {
    const LogRoom room;
    room.fill(6);
    auto lines = room.lines();
    lines[3] = forged(lines[3], [](Line& line) { line.staff = "S-8"; });
    room.putLines(lines);
    CHECK(room.found() == "edited 4");
    lines = room.lines();
    lines[2] = "no line at all";
    room.putLines(lines);
    CHECK(room.found() == "edited 3");
}

TEST_CASE("verify: the last line, edited together with its hash, is told by who acknowledged it") {
    const LogRoom room;
    const auto head = room.fill(4);
    auto lines = room.lines();
    lines[4] = forged(lines[4], [](Line& line) { line.staff = "S-8"; });
    room.putLines(lines);
    CHECK(room.found() == "sound");
    CHECK(room.found({head}) == "rewritten 5");
}

TEST_CASE("verify: removed lines are found wherever they stood") {
    const LogRoom room;
    room.fill(6);
    const auto whole = room.lines();
    for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
        auto lines = whole;
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
        room.putLines(lines);
        CHECK(room.found() == "removed " + std::to_string(at + 1));
    }
    auto lines = whole;
    lines.erase(lines.begin() + 2, lines.begin() + 5);
    room.putLines(lines);
    CHECK(room.found() == "removed 3");
}

TEST_CASE("verify: inserted lines are found, copies and forgeries alike") {
    const LogRoom room;
    room.fill(6);
    const auto whole = room.lines();
    const auto with = [&](const std::string& line, int at) {
        auto lines = whole;
        lines.insert(lines.begin() + at, line);
        room.putLines(lines);
        return room.found();
    };
    CHECK(with(whole[1], 4) == "inserted 5");
    CHECK(with(whole[3], 4) == "inserted 5");
    CHECK(with(whole[6], 7) == "inserted 7");
    CHECK(with("", 4) == "inserted 5");
    CHECK(with("anything", 4) == "inserted 5");
    const auto fitting = forged(whole[4], [](Line& line) { line.staff = "S-8"; });
    CHECK(with(fitting, 4) == "inserted 5");
    CHECK(with(fitting, 5) == "inserted 6");
}

TEST_CASE("verify: reordered lines are found") {
    const LogRoom room;
    room.fill(7);
    auto lines = room.lines();
    std::swap(lines[3], lines[4]);
    room.putLines(lines);
    CHECK(room.found() == "reordered 4");
    std::swap(lines[3], lines[4]);
    std::rotate(lines.begin() + 1, lines.begin() + 2, lines.end());
    room.putLines(lines);
    CHECK(room.found() == "reordered 2");
    std::reverse(lines.begin(), lines.end());
    room.putLines(lines);
    CHECK(room.found() == "reordered 1");
}

TEST_CASE("verify: a cut tail is found by the newest head that was acknowledged, and not beyond it") {
    const LogRoom room;
    const auto early = room.fill(4);
    const auto head = room.fill(4);
    REQUIRE(head.n == 9);
    auto lines = room.lines();
    lines.resize(6);
    room.putLines(lines);
    CHECK(room.found({head}) == "cut_tail 7");
    CHECK(room.found({early, head}) == "cut_tail 7");
    CHECK(room.found({early}) == "sound");  // what is behind the last acknowledged head, nobody can tell
    room.put("");
    CHECK_FALSE(room.verify({head}).sound());
    CHECK(room.verify({head}).gone == std::vector{head});
    std::filesystem::remove(room.file());
    CHECK_FALSE(room.verify({head}).sound());
}

TEST_CASE("verify: a torn last line is told from a cut one") {
    const LogRoom room;
    const auto head = room.fill(4);
    const auto whole = room.bytes();
    const auto lines = room.lines();
    const auto before = whole.size() - lines.back().size() - 1;
    const auto fourth = readLine(lines[3])->head();
    for (std::size_t kept = 1; kept <= lines.back().size(); kept += 7) {
        room.put(whole.substr(0, before + kept));
        const auto verdict = room.verify({fourth});
        CHECK(verdict.sound());
        CHECK(verdict.chains.front().torn == kept);
        CHECK(room.found({head}) == "cut_tail 5");  // it had been whole when it was acknowledged
    }
    room.put(whole.substr(0, before) + "something else");
    CHECK(room.found() == "edited 5");
}

TEST_CASE("verify: two chains spliced are found") {
    const LogRoom room, other;
    room.fill(5);
    other.fill(5);
    auto lines = room.lines();
    const auto others = other.lines();
    for (std::size_t at = 3; at < 6; ++at) lines[at] = others[at];
    room.putLines(lines);
    CHECK(room.found() == "spliced 4");
}

TEST_CASE("verify: a chain written anew from its beginning is told by who acknowledged the first") {
    const LogRoom room;
    const auto head = room.fill(5);
    auto lines = room.lines();
    std::string prev;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        lines[at] = forged(lines[at], [&](Line& line) {
            if (at > 0) line.prev = prev;
            if (at == 2) line.staff = "S-8";
        });
        prev = readLine(lines[at])->hash;
    }
    room.putLines(lines);
    CHECK(room.found() == "sound");
    CHECK(room.found({head}) == "rewritten 6");
}

TEST_CASE("verify: files that are gone or too large are damage of their chain") {
    const LogRoom room;
    room.fill(30, {.segmentBytes = 2000});
    REQUIRE(std::filesystem::exists(room.file(4)));
    CHECK(room.found() == "sound");
    const auto second = room.bytes(2);
    const auto n = readLine(room.lines(2).front())->line.n;
    std::filesystem::remove(room.file(2));
    CHECK(room.found() == "removed " + std::to_string(n));
    std::ofstream(room.file(2)).close();
    std::filesystem::resize_file(room.file(2), Segment::kMaxBytes + 1);
    CHECK(room.found() == "unreadable " + std::to_string(n));
    room.put(second.substr(0, second.size() - 9), 2);  // only the last file may end in a torn line
    CHECK(room.found().starts_with("edited "));
    room.put(second, 2);
    CHECK(room.found() == "sound");
    std::filesystem::remove(room.file(1));
    CHECK(room.found() == "removed 1");
    // A line moved from one file to the next is in its place.
    auto lines = room.lines(2);
    auto third = room.lines(3);
    third.insert(third.begin(), lines.back());
    lines.pop_back();
    room.putLines(lines, 2);
    room.putLines(third, 3);
    CHECK(room.found() == "removed 1");
}
