// How much of the Vietnamese syllable list comes out right in every key order, and what a key costs:
// ours beside m17n. Usage: bench_typing [word list], one word a line; by default hunspell-vi's.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "base/VietnameseText.h"
#include "tests/bench/typing/M17nTyping.h"
#include "tests/unit/typing/KeyOrders.h"
#include "typing/Composer.h"
#include "typing/Glyph.h"

using namespace tram;
using namespace tram::typing;

namespace {

using Typing = std::function<std::u32string(std::u32string_view)>;

struct Word {
    std::u32string text;
    std::vector<std::u32string> orders;
};

/// Small letters of the Vietnamese alphabet only: leaves out names, abbreviations, wifi.
bool isVietnamese(const std::u32string& word) {
    static constexpr std::u32string_view kBases = U"abcdeghiklmnopqrstuvxy";
    const auto fits = [](char32_t character) {
        const Glyph glyph = takeApart(character);
        return !glyph.upper && kBases.find(glyph.base) != kBases.npos;
    };
    return !word.empty() && std::all_of(word.begin(), word.end(), fits);
}

/// The list spells both hòa and hoà; both programs are measured in the older style.
std::u32string inOldStyle(std::u32string word) {
    const std::size_t size = word.size();
    if (size < 2 || (size > 2 && word[size - 3] == U'q')) return word;
    Glyph first = takeApart(word[size - 2]), second = takeApart(word[size - 1]);
    const std::u32string pair{first.base, second.base};
    if (pair != U"oa" && pair != U"oe" && pair != U"uy") return word;
    if (second.tone == Tone::None || second.shape != Shape::None) return word;
    std::swap(first.tone, second.tone);
    word[size - 2] = putTogether(first);
    word[size - 1] = putTogether(second);
    return word;
}

std::vector<Word> readWords(const char* path, Method method) {
    std::vector<Word> words;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::u32string text = inOldStyle(base::toUtf32(line));
        if (isVietnamese(text)) words.push_back({text, typing::test::keyOrders(text, method)});
    }
    return words;
}

struct Share {
    std::size_t orders = 0, right = 0, words = 0, wordsRight = 0, plainRight = 0;
    std::vector<std::string> wrong;
};

Share measure(const std::vector<Word>& words, const Typing& type) {
    Share share;
    for (const Word& word : words) {
        std::size_t right = 0;
        for (const auto& keys : word.orders) {
            const bool good = type(keys) == word.text;
            right += good;
            share.plainRight += good && &keys == &word.orders.front();
            if (!good) share.wrong.push_back(base::toUtf8(keys) + " for " + base::toUtf8(word.text));
        }
        share.orders += word.orders.size();
        share.right += right;
        ++share.words;
        share.wordsRight += right == word.orders.size();
    }
    return share;
}

double nanosecondsPerKey(const std::vector<Word>& words, const Typing& type) {
    std::vector<double> runs;
    for (int run = 0; run < 5; ++run) {
        std::size_t keys = 0;
        const auto start = std::chrono::steady_clock::now();
        for (const Word& word : words)
            for (const auto& order : word.orders) keys += order.size() + 1, type(order);
        const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
        runs.push_back(spent.count() / static_cast<double>(keys));
    }
    std::sort(runs.begin(), runs.end());
    return runs[2];
}

void report(const char* who, const std::vector<Word>& words, const Typing& type) {
    const Share share = measure(words, type);
    const auto percent = [](std::size_t part, std::size_t whole) { return 100.0 * part / whole; };
    std::printf(
        "  %-5s %7.3f %% of key orders, %7.3f %% of words in every order, %7.3f %% in the plainest; %6.0f "
        "ns/key\n",
        who, percent(share.right, share.orders), percent(share.wordsRight, share.words),
        percent(share.plainRight, share.words), nanosecondsPerKey(words, type));
    for (std::size_t i = 0; i < std::min<std::size_t>(share.wrong.size(), 6); ++i)
        std::printf("        wrong: %s\n", share.wrong[i].c_str());
}

/// The word ended by a blank, as the field shows it.
std::u32string typeOurs(Composer& composer, std::u32string_view keys) {
    std::u32string text;
    const auto apply = [&](const Edit& edit) {
        text.resize(text.size() - edit.erase);
        text += edit.insert;
    };
    for (char32_t key : keys) apply(composer.key(key));
    apply(composer.key(U' '));
    text.pop_back();
    return text;
}

void compare(const char* name, const char* path, Method method) {
    const std::vector<Word> words = readWords(path, method);
    std::size_t orders = 0;
    for (const Word& word : words) orders += word.orders.size();
    std::printf("%s: %zu words, %zu key orders\n", name, words.size(), orders);
    if (words.empty()) return;
    Composer composer({method, ToneStyle::Old});
    report("ours", words, [&](std::u32string_view keys) { return typeOurs(composer, keys); });
    bench::M17nTyping m17n(method);
    if (m17n.ready()) report("m17n", words, [&](std::u32string_view keys) { return m17n.type(keys); });
}

}  // namespace

int main(int count, char** arguments) {
    const char* path = count > 1 ? arguments[1] : "/usr/share/hunspell/vi_VN.dic";
    compare("Telex", path, Method::Telex);
    compare("VNI", path, Method::Vni);
}
