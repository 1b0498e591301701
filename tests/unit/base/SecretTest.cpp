#include "base/Secret.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <new>
#include <type_traits>

using namespace tram::base;

namespace {

/// Room for an object that can be looked at after its end.
template <class T>
struct Grave {
    alignas(T) unsigned char bytes[sizeof(T)] = {};
    bool holds(const char* text) const {
        return memmem(bytes, sizeof bytes, text, std::strlen(text)) != nullptr;
    }
};

}  // namespace

TEST_CASE("wipe overwrites") {
    unsigned char data[] = {1, 2, 3, 4};
    wipe(data, 3);
    CHECK(data[0] + data[1] + data[2] == 0);
    CHECK(data[3] == 4);
}

TEST_CASE("clear wipes the whole buffer, beyond the size too") {
    std::vector<unsigned char> bytes(64, 0xAB);
    const unsigned char* before = bytes.data();
    SecretBytes secret(std::move(bytes));
    REQUIRE(secret.reveal().data() == before);  // taken over, not copied
    secret.clear();
    CHECK(secret.empty());
    REQUIRE(secret.reveal().data() == before);  // the buffer is still ours to look at
    for (int i = 0; i < 64; ++i) CHECK(before[i] == 0);
}

TEST_CASE("a shortened string leaves no tail") {
    std::string text(100, 'x');
    text.resize(3);
    const char* before = text.data();
    SecretText secret(std::move(text));
    REQUIRE(secret.reveal().data() == before);
    secret.clear();
    CHECK(std::string(before, 100) == std::string(100, '\0'));
}

TEST_CASE("a short string inside the object is wiped with it") {
    Grave<SecretText> grave;
    auto* secret = new (grave.bytes) SecretText(std::string("0901234567"));
    REQUIRE(grave.holds("0901234567"));
    secret->~SecretText();
    CHECK_FALSE(grave.holds("0901"));
}

TEST_CASE("nothing stays where a secret was moved from") {
    Grave<SecretText> grave;
    auto* from = new (grave.bytes) SecretText(std::string("0901234567"));
    const SecretText to(std::move(*from));
    CHECK(to.reveal() == "0901234567");
    CHECK(from->empty());
    CHECK_FALSE(grave.holds("0901"));
    from->~SecretText();
}

TEST_CASE("what is overwritten is wiped first") {
    Grave<SecretText> grave;
    auto* secret = new (grave.bytes) SecretText(std::string("0901234567"));
    *secret = SecretText(std::string("x"));
    CHECK(secret->reveal() == "x");
    CHECK_FALSE(grave.holds("901234567"));
    *secret = secret->copy();
    CHECK(secret->reveal() == "x");
    secret->~SecretText();
}

TEST_CASE("a copy is made only on purpose") {
    static_assert(!std::is_copy_constructible_v<SecretText>);
    static_assert(!std::is_copy_assignable_v<SecretText>);
    static_assert(std::is_nothrow_move_constructible_v<SecretText>);
    const SecretText secret(std::string("Nguyễn Thị Thử"));
    const auto other = secret.copy();
    CHECK(other.reveal() == secret.reveal());
    CHECK(other.reveal().data() != secret.reveal().data());
}
