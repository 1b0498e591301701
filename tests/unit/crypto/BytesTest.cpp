#include "crypto/Bytes.h"

#include <catch2/catch.hpp>
#include <random>

using namespace tram::crypto;

namespace {

std::string textOf(const std::optional<Bytes>& bytes) {
    return bytes ? std::string(bytes->begin(), bytes->end()) : "(nothing)";
}

}  // namespace

TEST_CASE("RFC 4648 section 10: base64") {
    const auto [plain, coded] = GENERATE(table<std::string, std::string>({{"", ""},
                                                                          {"f", "Zg=="},
                                                                          {"fo", "Zm8="},
                                                                          {"foo", "Zm9v"},
                                                                          {"foob", "Zm9vYg=="},
                                                                          {"fooba", "Zm9vYmE="},
                                                                          {"foobar", "Zm9vYmFy"}}));
    CHECK(toBase64(view(plain)) == coded);
    CHECK(textOf(fromBase64(coded)) == plain);
    const auto bare = coded.substr(0, coded.find('='));
    CHECK(toBase64Url(view(plain)) == bare);
    CHECK(textOf(fromBase64Url(bare)) == plain);
}

TEST_CASE("the two alphabets are not mixed") {
    const Bytes bytes{0xfb, 0xff, 0xfe};
    CHECK(toBase64(bytes) == "+//+");
    CHECK(toBase64Url(bytes) == "-__-");
    CHECK_FALSE(fromBase64("-__-"));
    CHECK_FALSE(fromBase64Url("+//+"));
}

TEST_CASE("base64 is read strictly") {
    // Trailing bits (RFC 4648 §3.5), missing or surplus padding, blanks, line breaks, foreign characters.
    for (const char* text : {"Zh==", "Zm9=", "Zg", "Zg=", "Zg===", "Zm9v====", "Z", "Zg==Zg==", " Zg==",
                             "Zg==\n", "Zm 9v", "Zm9v=", "=", "====", "Zm9\xC3\xA1", "Zg=a"}) {
        CAPTURE(text);
        CHECK_FALSE(fromBase64(text));
    }
    for (const char* text : {"Zh", "Zg==", "Zm9", "Z", "Zm9v\n", "Zm9v.", "Zm9vY"}) {
        CAPTURE(text);
        CHECK_FALSE(fromBase64Url(text));
    }
    CHECK_FALSE(fromBase64(std::string_view("Zm9v\0Zm9v", 9)));
}

TEST_CASE("hex is lower case and even") {
    CHECK(toHex(Bytes{0x00, 0x0f, 0xf0, 0xff}) == "000ff0ff");
    CHECK(fromHex("000ff0ff") == Bytes{0x00, 0x0f, 0xf0, 0xff});
    CHECK(fromHex("") == Bytes{});
    for (const char* text : {"0", "FF", "0g", "0x00", " 00", "00 "}) CHECK_FALSE(fromHex(text));
}

TEST_CASE("any bytes survive the way there and back, and no text has two readings") {
    std::mt19937 random(4648);
    static constexpr char kPool[] = "ABab01+/-_=. \n\xC3";
    for (int i = 0; i < 3000; ++i) {
        Bytes bytes(random() % 80);
        for (auto& b : bytes) b = static_cast<unsigned char>(random());
        REQUIRE(fromBase64(toBase64(bytes)) == bytes);
        REQUIRE(fromBase64Url(toBase64Url(bytes)) == bytes);
        REQUIRE(fromHex(toHex(bytes)) == bytes);
        std::string text(random() % 12, 'A');
        for (char& c : text) c = kPool[random() % (sizeof kPool - 1)];
        if (const auto read = fromBase64(text)) REQUIRE(toBase64(*read) == text);
        if (const auto read = fromBase64Url(text)) REQUIRE(toBase64Url(*read) == text);
    }
}

TEST_CASE("SHA-256, FIPS 180-4 examples") {
    CHECK(sha256Hex(ByteView()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256Hex(view("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256Hex(view("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Sha256 streamed;
    for (int i = 0; i < 1'000'000 / 50; ++i) streamed.add(view(std::string(50, 'a')));
    CHECK(streamed.finishHex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a keyed hash depends on the key") {
    const Bytes key(32, 1), other(32, 2);
    CHECK(keyedHashHex(key, view("0901234567")).size() == 64);
    CHECK(keyedHashHex(key, view("0901234567")) == keyedHashHex(key, view("0901234567")));
    CHECK(keyedHashHex(key, view("0901234567")) != keyedHashHex(other, view("0901234567")));
    CHECK(keyedHashHex(key, view("0901234567")) != keyedHashHex(key, view("0901234568")));
    CHECK_THROWS(keyedHashHex({}, view("x")));
    CHECK_THROWS(keyedHashHex(Bytes(65), view("x")));
}

TEST_CASE("comparison looks at every byte") {
    CHECK(equalConstantTime(view("abc"), view("abc")));
    CHECK_FALSE(equalConstantTime(view("abc"), view("abd")));
    CHECK_FALSE(equalConstantTime(view("abc"), view("ab")));
    CHECK(equalConstantTime({}, {}));
}

TEST_CASE("random bytes differ") {
    CHECK(randomBytes(32).size() == 32);
    CHECK(randomBytes(32) != randomBytes(32));
    CHECK(randomBytes(0).empty());
}
