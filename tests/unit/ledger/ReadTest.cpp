#include "ledger/Read.h"

#include "LogRoom.h"

using namespace tram;
using namespace tram::test;
using namespace tram::ledger;

namespace {

Page page(const LogRoom& room, const Filter& filter = {}, std::optional<Place> before = {},
          std::size_t limit = 50) {
    const auto read = ledger::read(room.dir, filter, before, limit);
    REQUIRE(read);
    return *read;
}

std::vector<std::int64_t> numbers(const Page& page) {
    std::vector<std::int64_t> all;
    for (const auto& row : page.rows) all.push_back(row.line.n);
    return all;
}

}  // namespace

TEST_CASE("read: newest first, page by page, over all files and chains") {
    const LogRoom room;
    CHECK(page(room).rows.empty());
    room.fill(20, {.segmentBytes = 2000});
    REQUIRE(markBroken(room.dir, 1, {Damage::Edited, 2}));
    room.fill(3);
    std::vector<std::pair<int, std::int64_t>> seen;
    std::optional<Place> place;
    int pages = 0;
    do {
        const auto here = page(room, {}, place, 7);
        for (const auto& row : here.rows) seen.emplace_back(row.chain, row.line.n);
        CHECK(here.rows.size() <= 7);
        place = here.next;
        ++pages;
    } while (place);
    CHECK(pages == 4);
    REQUIRE(seen.size() == 25);
    CHECK(seen.front() == std::pair<int, std::int64_t>(2, 4));
    CHECK(seen[4] == std::pair<int, std::int64_t>(1, 21));
    CHECK(seen.back() == std::pair<int, std::int64_t>(1, 1));
}

TEST_CASE("read: a page stays where it was while lines are added") {
    const LogRoom room;
    room.fill(9);
    const auto first = page(room, {}, {}, 4);
    CHECK(numbers(first) == std::vector<std::int64_t>{10, 9, 8, 7});
    room.fill(5);
    CHECK(numbers(page(room, {}, first.next, 4)) == std::vector<std::int64_t>{6, 5, 4, 3});
}

TEST_CASE("read: by time, by who, by what") {
    LogRoom room;
    auto log = room.open();
    const auto start = room.clock.wall();
    for (const char* staff : {"S-1", "S-2", "S-1"}) {
        auto event = LogRoom::retried(1);
        event.staff = staff;
        REQUIRE(log.append(event));
        room.clock.advance(std::chrono::hours(1));
    }
    REQUIRE(
        log.append({.kind = Kind::StaffUnlocked, .staff = "S-9", .desk = "", .members = {{"whom", "S-2"}}}));
    CHECK(numbers(page(room, {.staff = "S-1"})) == std::vector<std::int64_t>{4, 2});
    CHECK(numbers(page(room, {.staff = "S-2"})) == std::vector<std::int64_t>{5, 3});
    CHECK(numbers(page(room, {.event = "staff_unlocked"})) == std::vector<std::int64_t>{5});
    CHECK(numbers(page(room, {.from = start + std::chrono::hours(1),
                              .until = start + std::chrono::hours(3)})) == std::vector<std::int64_t>{4, 3});
    CHECK(numbers(page(room, {.staff = "S-1"}, {}, 1)) == std::vector<std::int64_t>{4});
    CHECK(page(room, {.staff = "S-3"}).rows.empty());
}

TEST_CASE("read: lines that cannot be read are counted, and a wrong hash is told") {
    const LogRoom room;
    room.fill(4);
    auto lines = room.lines();
    lines[1] = "nothing";
    lines[2].replace(lines[2].find("S-7"), 3, "S-8");
    room.putLines(lines);
    const auto all = page(room);
    CHECK(all.unreadable == 1);
    CHECK(numbers(all) == std::vector<std::int64_t>{5, 4, 3, 1});
    CHECK_FALSE(all.rows[2].holds);
    CHECK(all.rows[1].holds);
    std::vector<std::int64_t> oldest;
    const auto told = each(room.dir, {}, [&](const Row& row) { oldest.push_back(row.line.n); });
    CHECK(told == std::size_t{1});
    CHECK(oldest == std::vector<std::int64_t>{1, 3, 4, 5});
}
