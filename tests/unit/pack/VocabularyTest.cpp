#include "pack/Vocabulary.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "pack/PackSchema.h"
#include "tests/unit/pack/OneSlip.h"

using namespace tram;
using pack::Vocabulary;
using test::oneSlipFrom;

namespace {

SQLite::Database packOf(const std::vector<std::string>& words) {
    SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(std::string(pack::kPackSchema));
    SQLite::Statement row(db, "INSERT INTO words VALUES(?, ?, x'')");
    std::int64_t entries = 0;
    for (const auto& word : words) {
        row.bind(1, word);
        row.bind(2, ++entries);
        row.exec();
        row.reset();
    }
    return db;
}

using Words = std::set<std::string>;
Words wordsOf(const std::vector<Vocabulary::Near>& near) {
    Words words;
    for (const auto& one : near) words.insert(one.word);
    CHECK(words.size() == near.size());
    return words;
}

/// Some of all short words, so that some of each one's neighbours are there and some not.
std::vector<std::string> someWords() {
    std::vector<std::string> words;
    std::mt19937 random(5);
    for (const auto& word : test::wordsOver("abcd", 5))
        if (!word.empty() && random() % 4 == 0) words.push_back(word);
    return words;
}

}  // namespace

TEST_CASE("words one slip from a word are those of the vocabulary and no others") {
    const auto all = someWords();
    auto db = packOf(all);
    const Vocabulary vocabulary(db);
    std::size_t near = 0;
    for (const auto& typed : test::wordsOver("abcd", 4)) {
        Words expected;
        for (const auto& other : oneSlipFrom(typed, "abcd"))
            if (std::ranges::find(all, other) != all.end()) expected.insert(other);
        near += expected.size();
        if (wordsOf(vocabulary.near(typed)) != expected) FAIL_CHECK(typed);
    }
    CHECK(near > 1000);
}

TEST_CASE("words whose beginning is one slip away are those of the vocabulary and no others") {
    const auto all = someWords();
    auto db = packOf(all);
    const Vocabulary vocabulary(db);
    for (const auto* typed : {"abcda", "dcbab", "aabbc", "cdcdc"}) {
        Words expected;
        for (const auto& word : all)
            for (const auto& other : oneSlipFrom(typed, "abcd"))
                if (word.starts_with(other) && !word.starts_with(typed)) expected.insert(word);
        CHECK_FALSE(expected.empty());
        CHECK(wordsOf(vocabulary.nearBeginning(typed)) == expected);
    }
}

TEST_CASE("of a word that has just been begun the first letter stays, and of three the last") {
    auto db =
        packOf({"benh", "ben", "bien", "bo", "binh", "nha", "nhanh", "tenh", "truong", "trung", "cruong"});
    const Vocabulary vocabulary(db);
    CHECK(wordsOf(vocabulary.nearBeginning("bnh")) == Words{"benh", "binh"});
    CHECK(wordsOf(vocabulary.nearBeginning("beh")) == Words{"benh"});
    CHECK(wordsOf(vocabulary.nearBeginning("trou")) == Words{"truong", "trung"});
    CHECK(wordsOf(vocabulary.nearBeginning("rruon")) == Words{"cruong", "truong"});
    CHECK(vocabulary.nearBeginning("b").empty());
    CHECK(vocabulary.nearBeginning("").empty());
}

TEST_CASE("the commonest comes first, numbers and marks are no words, and exchanged letters are told apart") {
    auto db = packOf({"du", "da", "ud", "so", "so7", "7", "k_clinic", "f_1_2", "dun"});
    const Vocabulary vocabulary(db);
    using Near = Vocabulary::Near;
    CHECK(vocabulary.near("du") == std::vector<Near>{{"dun", 9}, {"ud", 3}, {"da", 2}});
    CHECK(vocabulary.exchanged("du") == std::vector<Near>{{"ud", 3}});
    CHECK(vocabulary.exchanged("so").empty());
    CHECK(wordsOf(vocabulary.near("soo")) == Words{"so"});
    CHECK(vocabulary.has("du"));
    CHECK_FALSE(vocabulary.has("d"));
    CHECK_FALSE(vocabulary.has("so7"));
    CHECK(vocabulary.hasBeginning("s"));
    CHECK_FALSE(vocabulary.hasBeginning("k"));
    CHECK_FALSE(vocabulary.hasBeginning("z"));
}
