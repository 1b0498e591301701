// What a resident has at the gateway, over real HTTP; the law's rights, from the sealed request to the
// operator's answer.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "MineDesk.h"
#include "QuietCity.h"
#include "base/Files.h"
#include "gateway/inbox/Halves.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

/// A use of a right over the inbox alone; its tracking code.
std::string askQuietly(QuietCity& quiet, const std::string& sub, wire::Right right,
                       const std::string& about) {
    wire::RightsRequest request;
    request.trackingCode = freshCode(quiet.kiosk.prefix);
    request.receiptSecret = base::SecretText(freshSecret());
    request.right = right;
    request.about = about;
    request.subject = base::SecretText(sub);
    request.language = "vi";
    const auto asked = quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
        body.kind = wire::RightsRequest::kKind;
        body.fieldsJson = request.toJson();
    });
    REQUIRE(quiet.take(asked.bytes).verdict == wire::ActionVerdict::Accepted);
    return request.trackingCode;
}

}  // namespace

TEST_CASE("mine: a resident's tiles are kept at the gateway, theirs alone, and one change after the other") {
    LiveCity city;
    MineDesk lan(city), marie(city);
    lan.logIn("lan");
    marie.logIn("marie");
    auto mine = lan.read<wire::MyServices>("services");
    CHECK(mine.revision == 0);
    CHECK(mine.services.empty());
    mine.services = {"dossier", "news"};
    CHECK(lan.put(mine.toJson()).status == 200);
    CHECK(lan.put(mine.toJson()).status == 200);  // its answer was lost
    const auto kept = lan.read<wire::MyServices>("services");
    CHECK(kept.revision == 1);
    CHECK(kept.services == mine.services);
    auto late = mine;
    late.services = {"feedback"};
    CHECK(lan.put(late.toJson()).status == 409);
    CHECK(lan.read<wire::MyServices>("services").services == mine.services);
    CHECK(marie.read<wire::MyServices>("services").services.empty());
    CHECK(lan.put("{}").status == 400);
    CHECK(lan.put(std::string(9000, ' ')).status == 413);
    city.stopGateway(SIGTERM);
    city.startGateway();
    lan.logIn("lan");
    CHECK(lan.read<wire::MyServices>("services").services == mine.services);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("mine: what a later version has chosen is kept to the last member, and never overwritten") {
    LiveCity city;
    MineDesk lan(city);
    lan.logIn("lan");
    const std::string later =
        R"({"version":2,"revision":0,"services":[{"id":"dossier","big":true}],"layout":{"columns":3}})";
    REQUIRE(lan.put(later).status == 200);
    auto told = json::parse(lan.get("services").body);
    CHECK(told.at("revision") == 1);
    told["revision"] = 0;
    CHECK(told == json::parse(later));
    CHECK(lan.put(R"({"version":1,"revision":1,"services":["news"]})").status == 409);
    CHECK(json::parse(lan.get("services").body).at("version") == 2);

    MineDesk marie(city);
    marie.logIn("marie");
    REQUIRE(
        marie.put(R"({"version":1,"revision":0,"services":["not_known_here","news"],"later":[1]})").status ==
        200);
    auto mine = marie.read<wire::MyServices>("services");
    mine.services.push_back("dossier");
    REQUIRE(marie.put(mine.toJson()).status == 200);
    told = json::parse(marie.get("services").body);
    CHECK(told.at("later") == json::array({1}));
    CHECK(told.at("services") == json::array({"not_known_here", "news", "dossier"}));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("mine: news is what has changed since it was shown, and what changes meanwhile is news again") {
    LiveCity city({.speed = 100});
    MineDesk lan(city);
    lan.logIn("lan");
    const auto first = lan.read<wire::MyNotices>("notices");
    CHECK(first.since.empty());
    CHECK_FALSE(first.dossiersSilent);
    REQUIRE(first.notices.size() == 5);  // none of her dossiers has only just been handed in
    wire::NoticesSeen seen;
    for (const auto& notice : first.notices) seen.items.push_back({notice.about, notice.code, notice.state});
    seen.items.front().state = "in_progress_once";  // another one than what it is by now
    CHECK(lan.acknowledge(seen) == 204);
    const auto second = lan.read<wire::MyNotices>("notices");
    CHECK_FALSE(second.since.empty());
    REQUIRE(second.notices.size() == 1);
    CHECK(second.notices.front() == first.notices.front());
    CHECK(lan.acknowledge({{{second.notices.front().about, second.notices.front().code,
                             second.notices.front().state}}}) == 204);
    CHECK(lan.read<wire::MyNotices>("notices").notices.empty());
    // Of a report that 1022 has taken there is news; nobody else hears of it.
    const auto sent = lan.report(lan.sub);
    CHECK(eventually([&] { return lan.read<wire::MyNotices>("notices").notices.size() == 1; }));
    CHECK(lan.read<wire::MyNotices>("notices").notices.front().code == sent.code);
    MineDesk marie(city);
    marie.logIn("marie");
    for (const auto& notice : marie.read<wire::MyNotices>("notices").notices)
        CHECK(notice.about == wire::MyNotice::About::Dossier);
    CHECK(city.send({.path = "/v1/me/notices"}).status == 401);
    CHECK(city.send({.path = "/v1/me/notices", .headers = lan.kiosk.auth()}).status == 401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("mine: documents are names and dates, and the account says what is put right where") {
    LiveCity city;
    MineDesk lan(city);
    lan.logIn("lan");
    const auto documents = lan.read<wire::MyDocuments>("documents");
    CHECK(documents.documents.size() == 5);
    CHECK(documents.link == "https://vneid.gov.vn/");
    for (std::size_t i = 1; i < documents.documents.size(); ++i)
        CHECK(documents.documents[i].issued <= documents.documents[i - 1].issued);
    const auto account = lan.read<wire::MyAccount>("account");
    CHECK(account.updatable == std::vector<std::string>{"address", "phone"});
    CHECK(account.link == "https://vneid.gov.vn/");
    CHECK(lan.get("account").body.find("Lan") == std::string::npos);
    MineDesk marie(city);
    marie.logIn("marie");
    CHECK(marie.read<wire::MyDocuments>("documents").documents.size() == 1);
    for (const char* what : {"services", "documents", "account", "appointments", "consents", "rights"})
        CHECK(city.send({.path = std::string("/v1/me/") + what, .headers = lan.kiosk.auth()}).status == 401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("mine: a city without a source of documents says so") {
    LiveCity city({.config = R"({"documents":{"source":""}})"});
    MineDesk lan(city);
    lan.logIn("lan");
    CHECK(lan.get("documents").status == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("rights: a report is taken back, deleted by an operator, and answered") {
    LiveCity city;
    MineDesk lan(city);
    lan.logIn("lan");
    const auto sent = lan.report(lan.sub);
    auto consents = lan.read<wire::MyConsents>("consents");
    REQUIRE(consents.consents.size() == 1);
    CHECK(consents.consents.front().code == sent.code);
    CHECK_FALSE(consents.consents.front().withdrawn);

    const auto asked = lan.ask(wire::Right::Delete, sent.code);
    CHECK(eventually([&] { return lan.read<wire::MyRights>("rights").rights.size() == 1; }));
    CHECK(lan.read<wire::MyConsents>("consents").consents.front().withdrawn);
    const auto right = lan.read<wire::MyRights>("rights").rights.front();
    CHECK(right.code == asked.code);
    CHECK(right.right == "delete");
    CHECK(right.state == "received");
    CHECK(right.due > right.receivedAt.substr(0, 10));
    const auto followed = lan.kiosk.follow(asked.code);
    REQUIRE(followed.status == 200);
    const auto status = wire::FeedbackStatus::parse(followed.body);
    REQUIRE(status);
    CHECK(status->source == "rights");
    CHECK(status->due.starts_with(right.due));
    CHECK_FALSE(status->opened);

    const auto listed = city.tool({"rights", "list"});
    CHECK(listed.find(asked.code + "\tdelete\t" + sent.code) != std::string::npos);
    CHECK(listed.find("reports=1") != std::string::npos);
    TempDir dir;
    const auto words = dir / "answer.txt";
    REQUIRE(base::writeFileAtomically(words, "Đã xoá.\n"));
    city.tool({"rights", "answer", asked.code, "--done", "--delete", "--words", words.string()});
    CHECK(lan.kiosk.follow(sent.code).status == 404);
    CHECK(lan.read<wire::MyRights>("rights").rights.front().state == "answered");
    CHECK(lan.read<wire::MyConsents>("consents").consents.empty());
    CHECK(city.tool({"rights", "list"}).empty());
    const auto opened = lan.kiosk.follow(asked.code, asked.secret);
    CHECK(opened.body.find("Đã xoá.") != std::string::npos);
    CHECK(lan.kiosk.follow(asked.code).body.find("Đã xoá.") == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("rights: nobody has a say over what somebody else sent, and a refusal gives its reason") {
    LiveCity city;
    MineDesk lan(city);
    lan.logIn("lan");
    const auto others = lan.report(std::string(42, 'B') + "A"), nobodys = lan.report("");
    lan.ask(wire::Right::Delete, others.code);
    lan.ask(wire::Right::See, nobodys.code);
    CHECK(eventually([&] {
        const auto waiting = city.tool({"quarantine", "list"});
        const auto first = waiting.find("rights: not_theirs");
        return first != waiting.npos && waiting.find("rights: not_theirs", first + 1) != waiting.npos;
    }));
    CHECK(city.tool({"rights", "list"}).empty());
    const auto asked = lan.ask(wire::Right::Correct, "all", "Số nhà là 14.");
    CHECK(city.tool({"rights", "show", asked.code}).find("Số nhà là 14.") != std::string::npos);
    CHECK(city.tool({"rights", "list"}).find("Số nhà") == std::string::npos);
    city.tool({"rights", "answer", asked.code, "--refuse"}, 1);
    CHECK(lan.read<wire::MyRights>("rights").rights.front().state == "received");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("rights: what was taken back is not handed over, also when it comes later, until that is refused") {
    QuietCity quiet;
    const std::string sub = std::string(42, 'B') + "A";
    const auto report = [&] {
        return quiet.seal("x", 0, [&](wire::ActionBody&, wire::FeedbackReport& one) {
            one.reporterSubject = base::SecretText(sub);
        });
    };
    const auto first = report(), late = report();
    REQUIRE(quiet.take(first.bytes).verdict == wire::ActionVerdict::Accepted);
    quiet.clock.advance(std::chrono::minutes(5));
    wire::RightsRequest request;
    request.trackingCode = freshCode(quiet.kiosk.prefix);
    request.receiptSecret = base::SecretText(freshSecret());
    request.right = wire::Right::Withdraw;
    request.subject = base::SecretText(sub);
    request.language = "vi";
    const auto asked = quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
        body.kind = wire::RightsRequest::kKind;
        body.fieldsJson = request.toJson();
    });
    REQUIRE(quiet.take(asked.bytes).verdict == wire::ActionVerdict::Accepted);
    REQUIRE(quiet.take(late.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(quiet.take(asked.bytes).verdict == wire::ActionVerdict::Replayed);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 2);
    quiet.clock.advance(std::chrono::minutes(1));
    const auto after = report();  // consented to anew
    REQUIRE(quiet.take(after.bytes).verdict == wire::ActionVerdict::Accepted);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 2);
    auto& rights = quiet.city->rights;
    REQUIRE(rights.answer(request.trackingCode, true, base::SecretText("Luật buộc phải giữ."),
                          quiet.clock.wall()));
    CHECK(rights.answer(request.trackingCode, false, {}, quiet.clock.wall()).error().kind ==
          base::ProblemKind::Conflict);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 0);
}

TEST_CASE("rights: one request refused lets go of nothing that another one holds, nor of what comes late") {
    QuietCity quiet;
    const std::string sub = std::string(42, 'B') + "A";
    std::string code;
    const auto report = quiet.seal("x", 0, [&](wire::ActionBody&, wire::FeedbackReport& one) {
        one.reporterSubject = base::SecretText(sub);
        code = one.trackingCode;
    });
    quiet.clock.advance(std::chrono::minutes(5));
    const auto ask = [&](wire::Right right, const std::string& about) {
        return askQuietly(quiet, sub, right, about);
    };
    const auto waiting = [&] {
        quiet.deliverAll();
        return quiet.city->reports.counts()->waiting;
    };
    const auto one = ask(wire::Right::Withdraw, code), all = ask(wire::Right::Delete, "all");
    REQUIRE(quiet.take(report.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(waiting() == 1);
    auto& rights = quiet.city->rights;
    REQUIRE(rights.answer(all, true, base::SecretText("Luật buộc phải giữ."), quiet.clock.wall()));
    CHECK(waiting() == 1);
    REQUIRE(rights.answer(one, true, base::SecretText("Luật buộc phải giữ."), quiet.clock.wall()));
    CHECK(waiting() == 0);
}

TEST_CASE("rights: all is what was given until then, and a report sent afterwards stays and goes on") {
    QuietCity quiet;
    const std::string sub = std::string(42, 'B') + "A";
    std::vector<std::string> codes;
    const auto report = [&] {
        return quiet.seal("x", 0, [&](wire::ActionBody&, wire::FeedbackReport& one) {
            one.reporterSubject = base::SecretText(sub);
            codes.push_back(one.trackingCode);
        });
    };
    REQUIRE(quiet.take(report().bytes).verdict == wire::ActionVerdict::Accepted);
    quiet.clock.advance(std::chrono::minutes(5));
    const auto all = askQuietly(quiet, sub, wire::Right::Delete, "all");
    quiet.clock.advance(std::chrono::minutes(5));
    REQUIRE(quiet.take(report().bytes).verdict == wire::ActionVerdict::Accepted);
    auto& rights = quiet.city->rights;
    const auto concerned = rights.concerned(**rights.find(all));
    REQUIRE(concerned->size() == 1);
    CHECK(concerned->front().code == codes[0]);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 1);

    // Nobody's report takes the code of a request, whose state would be hidden by it.
    const auto taken =
        quiet.seal("x", 0, [&](wire::ActionBody&, wire::FeedbackReport& one) { one.trackingCode = all; });
    REQUIRE(quiet.take(taken.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(rights.find(all)->has_value());
    CHECK(quiet.city->reports.counts()->waiting == 1);
}

TEST_CASE("mine: what was seen is forgotten with the visit, to the last item") {
    QuietCity quiet;
    auto& residents = quiet.city->residents;
    const auto now = quiet.clock.wall();
    REQUIRE(residents.acknowledge("subject", {{"item", "answered"}}, now));
    REQUIRE(residents.sweep(now));
    CHECK(residents.seen("subject")->states.size() == 1);
    REQUIRE(residents.sweep(now + std::chrono::seconds(1)));
    CHECK(residents.seen("subject")->states.empty());
}

TEST_CASE("rights: what was taken back and answered is closed, so that its retention begins") {
    QuietCity quiet;
    const std::string sub = std::string(42, 'B') + "A";
    const auto report = [&] {
        return quiet.seal("x", 0, [&](wire::ActionBody&, wire::FeedbackReport& one) {
            one.reporterSubject = base::SecretText(sub);
        });
    };
    const auto first = report(), late = report();
    REQUIRE(quiet.take(first.bytes).verdict == wire::ActionVerdict::Accepted);
    quiet.clock.advance(std::chrono::minutes(5));
    const auto asked = askQuietly(quiet, sub, wire::Right::Withdraw, wire::RightsRequest::kAll);
    REQUIRE(quiet.city->rights.answer(asked, false, {}, quiet.clock.wall()));
    REQUIRE(quiet.take(late.bytes).verdict == wire::ActionVerdict::Accepted);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->done == 2);
    const auto swept = quiet.city->erasure.sweep({.closedReports = std::chrono::days(1)},
                                                 quiet.clock.wall() + std::chrono::days(2));
    REQUIRE(swept);
    CHECK(swept->reports == 2);
    CHECK(swept->rights == 1);
    CHECK_FALSE(quiet.knows(first.code));
    CHECK_FALSE(*quiet.city->rights.find(asked));
    gateway::Halves halves(quiet.city->storage);
    CHECK_FALSE(halves.mend()->any());
}

TEST_CASE("rights: two working days, without the day it came, weekends and holidays") {
    const auto table = calendar::WorkingDays::parse(
        "date,kind,name_vi,name_en,source\n2026-11-24,holiday,a,a,a\n2026-11-01,known_from,,,\n2026-12-31,"
        "known_to,,,\n");
    REQUIRE(table);
    const auto due = [&](const char* text) {
        base::WallTime at{};
        REQUIRE(base::fromRfc3339(text, at));
        return calendar::toText(gateway::rightsDue(at, *table));
    };
    CHECK(due("2026-11-18T09:00:00+07:00") == "2026-11-20");
    CHECK(due("2026-11-20T23:59:00+07:00") == "2026-11-25");
    CHECK(due("2026-11-21T09:00:00+07:00") == "2026-11-25");
}

TEST_CASE("mine: digits that somebody could use are never told") {
    CHECK(gateway::withoutNumbers("CCCD 079123456789, 2026") == "CCCD •••••••••789, 2026");
    CHECK(gateway::withoutNumbers("Hạng A1") == "Hạng A1");
}
