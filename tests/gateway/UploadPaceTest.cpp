// Pictures from a phone that come too slowly, or no more: through nginx as deployed, and without it.
#include <catch2/catch.hpp>
#include <memory>

#include "FakeClock.h"
#include "RawLine.h"
#include "Strangers.h"
#include "UploadDraft.h"
#include "gateway/http/Pace.h"

using namespace tram;
using namespace tram::test;

namespace {

/// A picture of 24 MB begins to come.
std::string beginPicture(const std::string& path, const std::string& more = "") {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + more +
           "Content-Type: multipart/form-data; boundary=MARK\r\nContent-Length: 24000000\r\n\r\n"
           "--MARK\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"x.jpg\"\r\n\r\n";
}

std::string cookiesOf(const PretendPhone& phone) {
    std::string line;
    for (const auto& [name, value] : phone.cookies)
        line += (line.empty() ? "Cookie: " : "; ") + name + "=" + value;
    return line + "\r\n";
}

/// What comes back while a byte is sent now and then, until the line is cut.
std::string drip(RawLine& line) {
    std::string answer;
    CHECK(eventually([&] {
        line.send("x");
        answer += line.read(100);
        return line.closed();
    }));
    return answer;
}

}  // namespace

TEST_CASE("strangers who drip block neither the kiosks' pictures nor the phones'") {
    LiveCity city({.nginxServer = kBelieveAddresses});
    PretendKiosk kiosk(city);
    std::vector<std::unique_ptr<RawLine>> lines;
    const auto open = [&](const std::string& say, int expected) {
        lines.push_back(std::make_unique<RawLine>(city.nginxPort()));
        lines.back()->send(say);
        CHECK(lines.back()->readStatus() == expected);  // and hangs on
        lines.back()->send("x");
    };
    for (int at = 0; at < 48; ++at) {
        const auto who = std::to_string(1 + at / 12);
        open(beginPicture("/p/" + std::string(22, 'A'), fromLine("198.51.100." + who)), 303);
        open("PUT /v1/attachments/" + std::string(64, 'f') +
                 " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + std::string(41, 'A') +
                 std::to_string(10 + at) + "\r\n" + fromLine("203.0.113." + who) +
                 "Content-Length: 24000000\r\n\r\nx",
             401);
    }
    Draft draft(kiosk);
    PretendPhone phone(city);
    phone.get("/p/" + draft.id);
    CHECK(phone.sendPicture("/p/" + draft.id, jpegOf("x")).status == 303);
    const auto attachment = attachmentFor(base::Uuid::v7(base::SystemClock().wall()), "x");
    CHECK(city.send({.method = "PUT",
                     .path = "/v1/attachments/" + attachment.ref.sha256,
                     .headers = kiosk.auth(),
                     .type = "application/octet-stream",
                     .body = attachment.bytes})
              .status == 204);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a link that is closed ends what is on its way to it") {
    OpenPage at;
    RawLine line(at.city.nginxPort());
    line.send(beginPicture(at.path, cookiesOf(at.phone)));
    CHECK(line.read(500).empty());
    CHECK(at.draft.ask("DELETE", "/v1/uploads/" + at.draft.id).status == 204);
    CHECK(drip(line).starts_with("HTTP/1.1 404"));
}

TEST_CASE("a phone that drips into a link that lives is cut") {
    OpenPage at;
    RawLine picture(at.city.nginxPort()), refused(at.city.nginxPort());
    picture.send(beginPicture(at.path, cookiesOf(at.phone)));
    refused.send(beginPicture(at.path));
    CHECK(drip(refused).starts_with("HTTP/1.1 403"));
    CHECK(drip(picture).starts_with("HTTP/1.1 400"));
    CHECK(at.phone.sendPicture(at.path, jpegOf("x")).status == 303);
}

TEST_CASE("an upload that falls silent is ended without nginx, too") {
    OpenPage at;
    RawLine line(at.city.gatewayPort());
    line.send(beginPicture(at.path, cookiesOf(at.phone)));
    std::string answer;
    CHECK(eventually([&] {
        answer += line.read(100);
        return line.closed();
    }));
    CHECK(answer.starts_with("HTTP/1.1 400"));
    CHECK(at.phone.sendPicture(at.path, jpegOf("x")).status == 303);
}

TEST_CASE("sixty-four kilobits a second are enough, a drip is not") {
    FakeClock clock;
    const gateway::Pace pace(clock);
    clock.advance(std::chrono::seconds(20));
    CHECK_FALSE(pace.tooSlow(0));
    clock.advance(std::chrono::seconds(100));
    CHECK_FALSE(pace.tooSlow(800'000));
    CHECK(pace.tooSlow(799'999));
}
