// Who wrote a report is known when it is handed to 1022, and stands opened nowhere.
#include <catch2/catch.hpp>

#include "QuietCity.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using base::Result;

namespace {

/// Another 1022 that writes down whom it was told of.
class Listener final : public gateway::FeedbackConnector {
  public:
    Result<std::string> submit(const gateway::Submission& given) override {
        const auto& report = given.report;
        heard = report.name.reveal() + '/' + report.phone.reveal() + '/' + report.email.reveal();
        return "1022-1";
    }
    Result<gateway::CaseStanding> standing(const std::string&) override {
        return base::fail(ProblemKind::Timeout);
    }
    bool anonymousAllowed() const override { return true; }
    std::string sourceName() const override { return "x"; }

    std::string heard = "nobody yet";
};

}  // namespace

TEST_CASE("1022 is told who wrote a report, when it is and is not said") {
    QuietCity quiet;
    Listener listener;
    gateway::Delivery delivery(
        quiet.city->reports,
        [&](const auto& id, auto& report) { return quiet.city->senders.addTo(id, report); }, listener,
        quiet.clock);
    const auto disclosed = [&](wire::Disclosure disclosure) {
        const auto sent = quiet.seal("Yến", 0, [&](auto&, auto& report) {
            report.disclosure = disclosure;
            if (disclosure != wire::Disclosure::Anonymous) return;
            report.name.clear();
            report.phone.clear();
            report.email.clear();
        });
        REQUIRE(quiet.take(sent.bytes).verdict == wire::ActionVerdict::Accepted);
        REQUIRE(delivery.step());
        return listener.heard;
    };
    CHECK(disclosed(wire::Disclosure::Named) == "Yến/0903 000 000/Yến@example.vn");
    CHECK(disclosed(wire::Disclosure::NameHidden) == "Yến/0903 000 000/Yến@example.vn");
    CHECK(disclosed(wire::Disclosure::Anonymous) == "//");
}

TEST_CASE("a report whose sealed copy is not here waits for it, and holds nobody up") {
    QuietCity quiet;
    const auto waiting = quiet.send("first"), next = quiet.send("second");
    // A backup's reports.db may hold one whose envelope came a moment too late for its gateway.db.
    quiet.sql(*quiet.city->storage.city, "UPDATE envelopes SET id = 'x' || id WHERE sequence = 1");
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 1);
    CHECK(quiet.city->reports.counts()->followed == 1);
    REQUIRE(quiet.take(waiting.bytes).verdict == wire::ActionVerdict::Accepted);  // its kiosk offers it again
    quiet.clock.advance(gateway::Delivery::kBackoffCap);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 0);
}
