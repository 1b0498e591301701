// Tracking codes are short enough to be read over the phone, and so to be guessed at: what is not there must
// tell nothing, and asking must run out.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <iomanip>
#include <iostream>

#include "PretendKiosk.h"
#include "Strangers.h"

using namespace tram;
using namespace tram::test;
using Steady = std::chrono::steady_clock;

namespace {

const std::string kCity =
    inService(R"("misses_per_address":1000000,"misses_per_prefix":1000000,"misses_per_kiosk":1000000)");

HeaderList withoutDate(HeaderList headers) {
    headers.erase("Date");
    return headers;
}

std::string slipped(std::string code) {
    code.back() = code.back() == 'A' ? 'B' : 'A';
    return code;
}

/// A report that was answered long ago, and of which nothing is kept any more.
std::string forgotten(PretendKiosk& kiosk) {
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    REQUIRE(eventually([&] { return kiosk.follow(sent.code).status == 200; }));
    REQUIRE(kiosk.city.stopGateway(SIGTERM) == 0);
    {
        SQLite::Database reports((kiosk.city.dataDir() / "reports.db").string(), SQLite::OPEN_READWRITE);
        for (const char* sql : {"DELETE FROM events WHERE report IN (SELECT id FROM reports WHERE code = ?)",
                                "DELETE FROM reports WHERE code = ?"}) {
            SQLite::Statement statement(reports, sql);
            statement.bind(1, sent.code);
            statement.exec();
        }
    }
    kiosk.city.startGateway();
    return sent.code;
}

struct Times {
    double median = 0, p99 = 0;
};

Times timesOf(std::vector<double> micros) {
    std::sort(micros.begin(), micros.end());
    return {micros[micros.size() / 2], micros[micros.size() * 99 / 100]};
}

}  // namespace

TEST_CASE("what is not there looks the same, whyever it is not") {
    LiveCity city({.demo = false, .config = kCity, .nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city), other(city);
    const auto gone = forgotten(kiosk);
    const std::vector<std::pair<const char*, std::string>> misses = {
        {"unknown code", freshCode(kiosk.place.prefix)},
        {"forgotten report", gone},
        {"another kiosk's prefix", freshCode(other.place.prefix)},
        {"a prefix nobody has", freshCode("ZZZ")},
        {"wrong check symbol", slipped(gone)},
        {"too short", gone.substr(0, 9)},
        {"too long", gone + "0"},
        {"no code at all", "x"}};
    const auto first = kiosk.follow(misses.front().second);
    REQUIRE(first.status == 404);
    int caller = 0;
    for (const auto& [name, code] : misses) {
        INFO(name);
        for (const auto& secret : {std::string(), freshSecret(), std::string("x")}) {
            const auto reply = kiosk.follow(code, secret);
            CHECK(reply.status == first.status);
            CHECK(reply.body == first.body);
            CHECK(withoutDate(reply.headers) == withoutDate(first.headers));
        }
        // How long each takes: printed, not judged. No miss reads a report.
        std::vector<double> micros;
        for (int i = 0; i < 200; ++i) {
            const auto begin = Steady::now();
            const auto reply = city.send({.path = "/v1/feedback/" + code,
                                          .headers = from("198.51.100." + std::to_string(1 + caller++ % 250)),
                                          .outsideContract = true});
            micros.push_back(std::chrono::duration<double, std::micro>(Steady::now() - begin).count());
            CHECK(reply.status == 404);
        }
        const auto times = timesOf(std::move(micros));
        std::cout << std::left << std::setw(24) << name << std::right << std::fixed << std::setprecision(0)
                  << " median " << std::setw(5) << times.median << " us, p99 " << std::setw(6) << times.p99
                  << " us\n";
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("whoever has guessed too often is told nothing more, with whatever secret") {
    LiveCity city({.demo = false,
                   .config = inService(R"("misses_per_address":3,"misses_per_prefix":1000)"),
                   .nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    const auto ask = [&](const std::string& code, const std::string& secret) {
        auto headers = from("203.0.113.7");
        if (!secret.empty()) headers.emplace("Receipt-Secret", secret);
        return city.send({.path = "/v1/feedback/" + code, .headers = headers});
    };
    for (int i = 0; i < 3; ++i) CHECK(ask(freshCode(kiosk.place.prefix), "").status == 404);
    const auto refused = ask(freshCode(kiosk.place.prefix), "");
    CHECK(refused.status == 429);
    for (const auto& [code, secret] : {std::pair(sent.code, std::string()),
                                       {sent.code, freshSecret()},
                                       {freshCode(kiosk.place.prefix), freshSecret()},
                                       {slipped(sent.code), sent.secret}}) {
        const auto reply = ask(code, secret);
        CHECK(reply.status == 429);
        CHECK(reply.body == refused.body);
    }
    CHECK(ask(sent.code, sent.secret).status == 200);  // who holds the receipt is no guesser
    // An hour's budget is kept in memory: what people's addresses were is written nowhere
    // (docs/DECISIONS.md).
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    city.startGateway();
    CHECK(ask(sent.code, "").status == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
