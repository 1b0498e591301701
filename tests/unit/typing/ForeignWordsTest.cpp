#include <catch2/catch.hpp>

#include "tests/unit/typing/Typist.h"

using namespace tram::typing::test;

TEST_CASE("what is no Vietnamese syllable comes back as typed") {
    const std::string word = GENERATE(values<std::string>(
        {"windows",  "facebook", "google",    "wifi",      "software",  "website",   "internet", "email",
         "download", "update",   "youtube",   "tiktok",    "instagram", "microsoft", "android",  "iphone",
         "samsung",  "router",   "file",      "folder",    "world",     "word",      "work",     "forward",
         "www",      "wow",      "view",      "review",    "interview", "window",    "browser",  "power",
         "network",  "hardware", "firewall",  "password1", "desk",      "desktop",   "task",     "tasks",
         "soft",     "left",     "shift",     "draft",     "first",     "business",  "service",  "services",
         "server",   "user",     "users",     "reset",     "restart",   "start",     "stop",     "class",
         "address",  "access",   "process",   "express",   "press",     "books",     "book",     "food",
         "good",     "wood",     "cool",      "school",    "zoom",      "look",      "feed",     "feedback",
         "free",     "green",    "street",    "three",     "keyboard",  "employee",  "fee",      "meeting",
         "dead",     "died",     "dashboard", "model",     "android",   "cloud",     "loud",     "aloud",
         "maze",     "size",     "pizza",     "jazz",      "xerox",     "taxi",      "maximum",  "export",
         "index",    "text",     "next",      "exit",      "ajax",      "project",   "object",   "subject",
         "major",    "fax",      "viber",     "grab",      "shopee",    "lazada",    "momo",     "vneid",
         "vnpt",     "viettel",  "fpt",       "covid",     "sars",      "gps",       "usb",      "wps",
         "hcmc",     "ubnd",     "london",    "newyork",   "tokyo",     "texas",     "austria",  "korea",
         "europe",   "africa",   "karaoke",   "burger",    "sandwich",  "showroom",  "wedding",  "spaces",
         "forums",   "drawer",   "strawberry"}));
    CHECK(whenOver(word) == word);
    CHECK(whenOver(word + " ") == word + " ");
    CHECK(whenOver(word + ",") == word + ",");
    CHECK(whenOver("(" + word + ")") == "(" + word + ")");
}

TEST_CASE("so it does in capitals") {
    for (const std::string word :
         {"Windows", "FACEBOOK", "Google", "WIFI", "SoftWare", "DIED", "Facebook", "TASK"})
        CHECK(whenOver(word) == word);
}

TEST_CASE("it shows as typed as soon as nothing Vietnamese can come of it") {
    CHECK(whileTyping("wi") == "ưi");
    CHECK(whileTyping("win") == "win");
    CHECK(whileTyping("sof") == "sò");
    CHECK(whileTyping("soft") == "soft");
    CHECK(whileTyping("goo") == "gô");
    CHECK(whileTyping("goog") == "goog");
}

TEST_CASE("marks without a syllable are given back only when the word is over") {
    CHECK(whileTyping("nguow") == "ngươ");
    CHECK(whenOver("nguow") == "nguow");
    CHECK(whileTyping("tooc") == "tôc");  // p t c ch ask for sắc or nặng
    CHECK(whenOver("tooc") == "tooc");
    CHECK(whenOver("keef ngeef cix") == "kề ngeef cix");
}

TEST_CASE("test is tét, tesst is test") {
    CHECK(whenOver("test") == "tét");
    CHECK(whenOver("tesst") == "test");
    CHECK(whenOver("tessts") == "tests");
}

TEST_CASE("common foreign words are known") {
    for (const std::string word :
         {"office", "Office", "OFFLINE", "message", "password", "session", "traffic", "error", "coffee",
          "Russia", "momo", "Paris", "passport", "tariff", "Messenger", "current"})
        CHECK(whenOver(word) == word);
    CHECK(whenOver("offfice") == "office");  // as people have learnt to type it
    CHECK(whenOver("passsword") == "password");
    CHECK(whenOver("off") == "of");
    CHECK(whenOver("tess") == "tes");
}

TEST_CASE("addresses come back as typed") {
    for (const std::string address :
         {"nguyenvana@gmail.com", "lex@yahoo.com", "as.moot@hcm.gov.vn", "tung-as@as.as",
          "https://as.vn/moot?oow=as", "http://tphcm.gov.vn", "www.tphcm.gov.vn", "1022.tphcm.gov.vn",
          "facebook.com/windows", "user_name", "a@b@as", "hotline:1022"})
        CHECK(whenOver(address) == address);
    CHECK(whenOver("minh1@gmail.com", kVni) == "minh1@gmail.com");
    CHECK(whenOver("lex@as.vn roof") == "lex@as.vn rồ");
    CHECK(whenOver("ddi @as") == "đi @á");
}
