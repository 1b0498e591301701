#include "crypto/PassphraseBox.h"

#include <catch2/catch.hpp>

#include "crypto/Bytes.h"

using namespace tram;
using base::ProblemKind;
using base::SecretBytes;
using base::SecretText;
using crypto::PassphraseBox;

namespace {

// As cheap as Argon2id may be: these tests are about the box, not about the price.
constexpr PassphraseBox::Cost kCheap{1, 8};

const std::string kPassphrase = "sáu từ chọn bằng xúc xắc";

SecretBytes secret() {
    return SecretBytes(crypto::Bytes{0, 1, 2, 253, 254, 255});
}

std::string box() {
    return PassphraseBox::lock(secret(), SecretText(kPassphrase), kCheap).value();
}

ProblemKind problemOf(const std::string& text, const std::string& passphrase = kPassphrase) {
    const auto opened = PassphraseBox::unlock(text, SecretText(passphrase));
    REQUIRE_FALSE(opened);
    return opened.error().kind;
}

std::string withLine(std::size_t number, const std::string& line) {
    std::string text = box();
    std::size_t from = 0;
    for (std::size_t at = 0; at < number; ++at) from = text.find('\n', from) + 1;
    return text.replace(from, text.find('\n', from) - from, line);
}

}  // namespace

TEST_CASE("a box opens with its passphrase, and says the same as before") {
    const auto opened = PassphraseBox::unlock(box(), SecretText(kPassphrase));
    REQUIRE(opened);
    CHECK(opened->reveal() == secret().reveal());
    CHECK(box() != box());  // salt and nonce are fresh each time
}

TEST_CASE("the price of a real box is what the header says") {
    CHECK(PassphraseBox::Cost{}.passes == 3);
    CHECK(PassphraseBox::Cost{}.kib == 256 * 1024);
    CHECK(box().find("\nargon2id 1 8\n") != std::string::npos);
}

TEST_CASE("another passphrase opens nothing") {
    for (const std::string& wrong : {std::string(), kPassphrase + " ", kPassphrase.substr(1)})
        CHECK(problemOf(box(), wrong) == ProblemKind::BadSeal);
}

TEST_CASE("every changed byte of a box is noticed") {
    const std::string whole = box();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        INFO(at);
        // A changed price asks for another key, within the limits; all else is no box, or does not open.
        const auto kind = problemOf(changed);
        CHECK((kind == ProblemKind::BadSeal || kind == ProblemKind::Malformed));
    }
}

TEST_CASE("what is no box is told from one that does not open") {
    const std::string whole = box();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        INFO(length);
        CHECK(problemOf(whole.substr(0, length)) == ProblemKind::Malformed);
    }
    CHECK(problemOf(whole + "\n") == ProblemKind::Malformed);
    CHECK(problemOf("\n" + whole) == ProblemKind::Malformed);
    CHECK(problemOf(withLine(0, "tram-passphrase-box-2")) == ProblemKind::Malformed);
    CHECK(problemOf(withLine(2, "AAAA")) == ProblemKind::Malformed);
}

TEST_CASE("a box cannot ask for more than a machine has") {
    for (const auto* cost : {"argon2id 0 8", "argon2id 1 7", "argon2id 5 8", "argon2id 1 1048577",
                             "argon2id 99999999999999999999 8", "argon2id -1 8", "argon2id 1 8 ",
                             "argon2id 1", "argon2i 1 8", "scrypt 1 8"}) {
        INFO(cost);
        CHECK(problemOf(withLine(1, cost)) == ProblemKind::Malformed);
    }
}
