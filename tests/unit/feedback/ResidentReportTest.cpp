#include "FlowWorld.h"

using namespace tram;
using namespace tram::test;

namespace {

const std::string kSubject = "cGFpcndpc2Utc3ViamVjdC1vZi1hLXJlc2lkZW50LTA";

std::shared_ptr<const identity::ResidentSession> resident(std::string phone = "+84901234567") {
    auto session = std::make_shared<identity::ResidentSession>();
    session->subject = base::SecretText(kSubject);
    session->name = base::SecretText("Trần Thị Đăng Nhập");
    session->phone = base::SecretText(std::move(phone));
    session->personalNumber = base::SecretText("079190001234");
    return session;
}
std::string kept(World& w) {
    w->setConsent(true, "vi:2026-11-a");
    REQUIRE(w->next());
    w->send();
    w.kiosk.scheduler.settle();
    REQUIRE(w.is<situation::Kept>());
    const auto items = w.kiosk.items();
    REQUIRE(items.size() == 1);
    return w.kiosk.body(items.front()).fieldsJson.reveal();
}

}  // namespace

TEST_CASE("whoever has logged in finds name and phone filled in, and may still hide the name") {
    const auto disclosure = GENERATE(Disclosure::Named, Disclosure::NameHidden);
    World w;
    w->setResident(resident());
    w.toWho();
    CHECK(w->draft().name.empty());  // nothing is taken before a way of signing is chosen
    w->setDisclosure(disclosure);
    CHECK(w->draft().name.reveal() == "Trần Thị Đăng Nhập");
    CHECK(w->draft().phone.reveal() == "+84901234567");
    kept(w);
    const auto report = w.kiosk.report(w.kiosk.items().front());
    CHECK(report.name.reveal() == "Trần Thị Đăng Nhập");
    CHECK(report.disclosure == disclosure);
    CHECK(report.reporterSubject.reveal() == kSubject);
}

TEST_CASE("a login in the middle of a report fills in what stands empty, and only that") {
    World w;
    w.toWho();
    w->setDisclosure(Disclosure::Named);
    w->setName("Nguyễn Văn An");
    w->setEmail("an@example.vn");
    w->setResident(resident());
    CHECK(w->draft().name.reveal() == "Nguyễn Văn An");
    CHECK(w->draft().phone.empty());  // there is a way to answer
    CHECK(w->draft().email.reveal() == "an@example.vn");
}

TEST_CASE("a card's name fills in what stands empty, before a login's, and goes with the name itself") {
    World w;
    w->setResident(resident());
    w->setCardName(base::SecretText("Nguyễn Thị Lan"));
    w.toWho();
    CHECK(w->draft().name.empty());
    w->setDisclosure(Disclosure::Named);
    CHECK(w->draft().name.reveal() == "Nguyễn Thị Lan");
    CHECK(w->draft().phone.reveal() == "+84901234567");
    w->setDisclosure(Disclosure::Anonymous);
    CHECK(w->draft().name.empty());
    w->setCardName(base::SecretText("Trần Văn Ba"));
    CHECK(w->draft().name.empty());
    w->setDisclosure(Disclosure::NameHidden);
    CHECK(w->draft().name.reveal() == "Trần Văn Ba");
    w->setName("An");
    w->setCardName(base::SecretText("Nguyễn Thị Lan"));
    CHECK(w->draft().name.reveal() == "An");
}

TEST_CASE("a phone that could not be called is not filled in") {
    World w;
    w->setResident(resident("12345"));
    w.toWho();
    w->setDisclosure(Disclosure::Named);
    CHECK(w->draft().phone.empty());
}

TEST_CASE("a report without a name carries nobody, logged in or not") {  // STANDARDS 14
    World w;
    w->setResident(resident());
    w.toWho();
    w->setDisclosure(Disclosure::Named);
    w->setDisclosure(Disclosure::Anonymous);
    CHECK(w->draft().name.empty());
    CHECK(w->draft().phone.empty());
    const auto json = kept(w);
    for (const std::string& trace : {kSubject, std::string("Đăng Nhập"), std::string("4901234567"),
                                     std::string("reporter"), std::string("0791900")})
        CHECK(json.find(trace) == std::string::npos);
    CHECK(w.kiosk.report(w.kiosk.items().front()).reporterSubject.empty());
}

TEST_CASE("a report of somebody who did not log in names no reporter") {
    World w;
    w.toKept(Disclosure::Named);
    CHECK(w.kiosk.body(w.kiosk.items().front()).fieldsJson.reveal().find("reporter") == std::string::npos);
}

TEST_CASE("whoever changes their mind about hiding is filled in again") {
    World w;
    w->setResident(resident());
    w.toWho();
    w->setDisclosure(Disclosure::Anonymous);
    CHECK(w->draft().name.empty());
    w->setDisclosure(Disclosure::NameHidden);
    CHECK(w->draft().name.reveal() == "Trần Thị Đăng Nhập");
}
