#include "feedback/Draft.h"

#include <catch2/catch.hpp>

using namespace tram::feedback;

TEST_CASE("Vietnamese telephone numbers") {
    for (const char* number : {"0901234567", "090 123 45 67", "090.123.4567", "090-123-4567", "+84901234567",
                               "+84 90 123 45 67", "02839301234", "028 3930 1234"}) {
        CAPTURE(number);
        CHECK(plausiblePhone(number));
    }
    for (const char* number :
         {"", "0", "113", "090123456", "090123456789", "84901234567", "+85901234567", "o901234567",
          "0901234567x", "++84901234567", "０９０１２３４５６７", "-- ..", "090123456٧"}) {
        CAPTURE(number);
        CHECK_FALSE(plausiblePhone(number));
    }
    CHECK(phoneDigits("+84 90-123.45 67") == "+84901234567");
}

TEST_CASE("addresses of e-mail (RFC 5321 §4.5.3.1 for lengths)") {
    for (const char* email : {"an@example.vn", "nguyen.van+an@mail.example.vn", "a@b.c", "tên@example.vn"}) {
        CAPTURE(email);
        CHECK(plausibleEmail(email));
    }
    for (const char* email :
         {"", "an", "@example.vn", "an@", "an@example", "an@@example.vn", "an@ex@ample.vn", "an @example.vn",
          "an@.vn", "an@example.", "an@exa..mple.vn", "an@example.vn\n"}) {
        CAPTURE(email);
        CHECK_FALSE(plausibleEmail(email));
    }
    CHECK(plausibleEmail(std::string(64, 'a') + "@example.vn"));
    CHECK_FALSE(plausibleEmail(std::string(65, 'a') + "@example.vn"));
    CHECK_FALSE(plausibleEmail("a@" + std::string(252, 'b') + ".c"));
}

TEST_CASE("issues have names of their own") {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Issue::ConsentMissing); ++i)
        names.push_back(name(static_cast<Issue>(i)));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    CHECK(std::find(names.begin(), names.end(), "unknown") == names.end());
}
