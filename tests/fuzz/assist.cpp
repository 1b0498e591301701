// What of a member of staff passes from process to process, lies on the kiosk's disk, or comes inside a seal;
// and the figures that they are shown.
#include "Quiet.h"
#include "Scratch.h"
#include "assist/Handover.h"
#include "assist/Lockout.h"
#include "assist/ReportDraft.h"
#include "campaign/Progress.h"
#include "campaign/ReportTable.h"
#include "tests/support/FakeClock.h"
#include "wire/Action.h"

using namespace tram;
using assist::Lockout;

namespace {

void handover(std::string_view bytes) {
    const test::FakeClock clock;
    const auto session = assist::Handover::fromBytes(bytes, clock.boot());
    if (!session) return;
    const auto written = assist::Handover::toBytes(*session);
    const auto again = assist::Handover::fromBytes(written.reveal(), clock.boot());
    must(again && assist::Handover::toBytes(*again).reveal() == written.reveal(),
         "a session can be handed on");
    must(!session->isLocked() || session->draftSeed().empty(), "a locked one has no seed");
    must(wire::isStaffId(session->who().id), "and is somebody's");
}

void handling(std::string_view json) {
    const auto body = wire::ActionBody::parse(json);
    if (!body || !body->handling) return;
    auto coarse = *body->handling;
    coarse.coarsen();
    const auto again = wire::ActionBody::parse(body->toJson().reveal());
    must(again && again->handling == body->handling, "who helped survives");
    must(wire::isStaffId(coarse.staff) && !coarse.desk.empty(), "and is somebody, somewhere");
}

/// Whatever stands in the book: who was wrong fifteen times stays out, in this process and the next.
void lockout(std::string_view bytes) {
    static const Scratch scratch;
    const auto file = scratch.write("lockout.json", bytes);
    test::FakeClock clock;
    Lockout book(file, clock);
    const Lockout::Attempt attempt{.member = "S-1"};
    for (int i = 0; i < 2; ++i) {
        const auto before = book.look(attempt), tried = book.begin(attempt);
        must(before && tried && before->gate == tried->gate, "it says the same twice");
        must(tried->wait <= wire::SignInWait::after(Lockout::kLockedAt),
             "no wait is longer than the longest");
        const auto next = Lockout(file, clock).look(attempt);
        must(next.has_value(), "what was written can be read");
        if (tried->gate == Lockout::Gate::Locked || tried->gate == Lockout::Gate::StationLocked)
            must(next->gate == tried->gate, "and locked is locked");
    }
}

void draft(std::string_view json) {
    const auto read = assist::draftFrom(json);
    if (!read) return;
    const auto written = assist::toText(*read);
    const auto again = assist::draftFrom(written.reveal());
    must(again && assist::toText(*again).reveal() == written.reveal(), "a draft survives");
    must(!read->consent, "and its consent does not");
}

/// Told by whoever answers for the gateway: no figure is lost, and no table longer than there are days.
void campaigns(std::string_view json) {
    const auto told = wire::Campaigns::parse(json);
    if (!told) return;
    const auto today = *calendar::dayFrom("2026-11-21");
    for (const auto& one : told->all) {
        must(campaign::lineOf(one, today).size() <= wire::Campaign::kMostDays, "a line has an end");
        const campaign::Progress progress{one.counted(), one.target()};
        must(progress.percent() >= 0, "nobody is helped backwards");
        must(progress.target == 0 || progress.reached() == (progress.percent() >= 100),
             "whole is what is whole");
        must(campaign::spanOf(one, today).daysLeft >= 0, "and what is over is over");
    }
}

void reports(std::string_view json) {
    const auto report = wire::WardReport::parse(json);
    if (!report) return;
    const auto table = campaign::tableOf(*report);
    must(table.rows.size() <= wire::WardReport::kMostRows + wire::WardReport::kMostDays,
         "a table has an end");
    std::int64_t told = 0, shown = 0;
    for (const auto& row : report->rows) told += row.count;
    for (const auto& row : table.rows) {
        must(row.counts.size() == table.columns.size(), "every row has all columns");
        for (const auto count : row.counts) shown += count;
    }
    must(told == shown, "no figure is lost");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(6)) {
        case 0:
            handover(input.rest());
            break;
        case 1:
            handling(input.rest());
            break;
        case 2:
            lockout(input.rest());
            break;
        case 3:
            draft(input.rest());
            break;
        case 4:
            campaigns(input.rest());
            break;
        case 5:
            reports(input.rest());
            break;
    }
    return 0;
}
