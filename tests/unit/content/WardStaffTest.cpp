#include "content/WardStaff.h"

#include <catch2/catch.hpp>

#include "base/Files.h"
#include "tests/support/FakeClock.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"
#include "tests/unit/wire/StaffSample.h"
#include "trust/Documents.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using content::WardStaff;

namespace {

struct Station {
    SigningCity city;
    TempDir dir;
    FakeClock clock;
    int rootVersion = 1;
    WardStaff staff{dir.path(),
                    {[this] { return base::Result<trust::Root>(city.root(rootVersion)); },
                     [this] { return std::to_string(rootVersion); }},
                    clock,
                    "27154"};

    void keep(const wire::StaffList& list, const crypto::SigningKey& key) const {
        wire::Cosigned document{std::string(wire::StaffList::kPayloadType), list.toJson(), {}};
        document.sign(key);
        REQUIRE(base::makeDirectories(dir.path() / "staff"));
        REQUIRE(base::writeFileAtomically(dir.path() / "staff" / "list.json", document.toJson()));
    }
    ProblemKind wrong() {
        const auto list = staff.list();
        REQUIRE_FALSE(list);
        return list.error().kind;
    }
};

}  // namespace

TEST_CASE("a ward's staff: none before the first list, then by the newest that the role of staff signed") {
    Station station;
    CHECK(station.wrong() == ProblemKind::FileMissing);
    auto list = staffList();
    station.keep(list, station.city.alerts);
    CHECK(station.wrong() == ProblemKind::BadSignature);
    station.keep(list, station.city.staff);
    const auto first = station.staff.list();
    REQUIRE(first);
    CHECK((*first)->members.size() == 2);
    CHECK(station.staff.list().value() == *first);  // not read again
    list.members.pop_back();
    ++list.version;
    station.keep(list, station.city.staff);
    CHECK(station.staff.list().value()->members.size() == 1);
    // Another root, which another key of the role is in: nothing that the former one signed counts.
    station.city.staff = crypto::SigningKey::generate();
    ++station.rootVersion;
    CHECK(station.wrong() == ProblemKind::BadSignature);
}

TEST_CASE("a ward's staff: another ward's list, and one that has run out, let nobody in") {
    Station station;
    auto list = staffList();
    list.ward = "25747";
    station.keep(list, station.city.staff);
    CHECK(station.wrong() == ProblemKind::FileMissing);
    list = staffList();
    ++list.version;
    station.keep(list, station.city.staff);
    station.clock.set("2026-11-24T08:59:59+07:00");
    CHECK(station.staff.list());
    station.clock.set("2026-11-24T09:00:00+07:00");
    CHECK(station.wrong() == ProblemKind::Expired);
}
