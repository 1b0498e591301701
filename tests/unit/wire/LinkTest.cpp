#include "wire/Link.h"

#include <catch2/catch.hpp>

#include "wire/WifiCode.h"

using namespace tram::wire;

TEST_CASE("links: what a person reads is where it leads") {
    for (const auto* right : {"https://vneid.gov.vn", "https://vneid.gov.vn/", "https://a-b.vn/x?y=1&z=%20#a",
                              "https://play.google.com/store/apps/details?id=com.vnid"})
        CHECK(isHttpsLink(right));
    for (const auto* wrong :
         {"", "vneid.gov.vn", "http://vneid.gov.vn/", "https://", "https://vneid", "https://VNEID.gov.vn/",
          "https://vneid.gov.vn:443/", "https://vneid.gov.vn@b.vn/", "https://-a.vn/", "https://a.vn/ b",
          "https://a.vn/\n", "https://a.vn?x", "https://vneid.gov.vn\\@b.vn/", "https://a..vn/",
          "https://vnéid.gov.vn/"})
        CHECK_FALSE(isHttpsLink(wrong));
    CHECK(isHttpsLink("https://a.vn/" + std::string(487, 'a')));
    CHECK_FALSE(isHttpsLink("https://a.vn/" + std::string(488, 'a')));
}

TEST_CASE("links: a host is on the list to the letter, or it is not") {
    CHECK(hostOfLink("https://vneid.gov.vn/a/b") == "vneid.gov.vn");
    CHECK(hostOfLink("vneid.gov.vn").empty());
    CHECK(isOnList("https://vneid.gov.vn", usualLinkHosts()));
    CHECK(isOnList("https://apps.apple.com/vn/app/id1", usualLinkHosts()));
    for (const auto* off : {"https://vneid.gov.vn.example/", "https://www.vneid.gov.vn/", "https://gov.vn/",
                            "http://vneid.gov.vn/", "https://example.vn/vneid.gov.vn", ""})
        CHECK_FALSE(isOnList(off, usualLinkHosts()));
    CHECK_FALSE(isOnList("https://vneid.gov.vn", {}));
}

TEST_CASE("wifi: signs of the code are escaped") {
    CHECK(wifiCode("Phuong", "12345678") == "WIFI:T:WPA;S:Phuong;P:12345678;;");
    CHECK(wifiCode("a;b", "x:\"y\\,z1") == "WIFI:T:WPA;S:a\\;b;P:x\\:\\\"y\\\\\\,z1;;");
    CHECK(wifiCode("Open", "") == "WIFI:T:nopass;S:Open;;");
}
