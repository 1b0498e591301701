// Search as somebody types, in a city of 100,000 entries: what a keystroke costs and how often the right
// answer is among the first five, beside plain FTS5 with bm25 and beside LIKE. Usage: bench_search [entries
// [others]], others being how many words more the city's language has, as a real city's names do

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "base/VietnameseText.h"
#include "pack/PackFile.h"
#include "pack/PackSearch.h"
#include "pack/PackWriter.h"
#include "pack/SearchWords.h"
#include "publish/BigCity.h"

using namespace tram;
using pack::Entry;
namespace fs = std::filesystem;

namespace {

using Titles = std::vector<std::string>;
using Ask = std::function<Titles(const std::string& typed)>;
constexpr std::size_t kLimit = 20;
const pack::Point kKiosk{10.7702, 106.6815};

double seconds(const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Of this thread: other work on the machine does not count.
double processorSeconds() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// What people type for a title: its folded words.
std::string words(const std::string& title, std::size_t from, std::size_t count) {
    const auto all = pack::searchWords(title);
    std::string text;
    for (auto at = from; at < std::min(all.size(), from + count); ++at)
        text += (text.empty() ? "" : " ") + all[at];
    return text;
}

std::string slipped(std::string text, std::mt19937& random) {
    const auto at = 1 + random() % (text.size() - 2);
    switch (random() % 3) {
        case 0:
            return text.erase(at, 1);
        case 1:
            std::swap(text[at], text[at + 1]);
            return text;
        default:
            text[at] = static_cast<char>('a' + random() % 26);
            return text;
    }
}

/// The places where somebody may slip.
enum class Where { InnerWord, LastWord, ShortWord, Number, Blank };

bool isAt(Where where, const std::string& text, std::size_t begin, std::size_t end) {
    const bool number = pack::isNumber(text.substr(begin, 1)), last = end == text.size();
    switch (where) {
        case Where::Number:
            return number;
        case Where::ShortWord:
            return !number && end - begin == 2;
        case Where::LastWord:
            return !number && end - begin > 2 && last;
        default:
            return !number && end - begin > 2 && !last;
    }
}

/// "" where there is no such place, and where what was slipped to is the same.
std::string slippedAt(const std::string& text, Where where, std::mt19937& random) {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(' ', begin), text.size());
        if (where == Where::Blank && end < text.size()) places.emplace_back(end - 1, end + 2);
        if (where != Where::Blank && isAt(where, text, begin, end)) places.emplace_back(begin, end);
        begin = end + 1;
    }
    if (places.empty()) return "";
    const auto [begin, end] = places[random() % places.size()];
    auto part = text.substr(begin, end - begin);
    const auto at = where == Where::Blank ? 1 : random() % part.size();
    switch (random() % 3) {
        case 0:
            part.erase(at, 1);
            break;
        case 1:
            if (at + 1 < part.size()) std::swap(part[at], part[at + 1]);
            break;
        default:
            part[at] = static_cast<char>((where == Where::Number ? '0' : 'a') +
                                         random() % (where == Where::Number ? 10 : 26));
    }
    const auto slipped = text.substr(0, begin) + part + text.substr(end);
    return slipped == text ? "" : slipped;
}

/// The title up to a last word that is not yet finished: of six letters four, or of four three.
std::string unfinished(const std::string& title) {
    auto all = pack::searchWords(title);
    all.resize(std::min<std::size_t>(all.size(), 9));
    while (!all.empty() && (pack::isNumber(all.back()) || all.back().size() < 4)) all.pop_back();
    if (all.empty()) return "";
    all.back().resize(all.back().size() - (all.back().size() > 5 ? 2 : 1));
    std::string text;
    for (const auto& word : all) text += (text.empty() ? "" : " ") + word;
    return text;
}

/// Words of one to three syllables, each entry found by one of them as well: a made-up city has fewer words
/// than a real one.
void addOtherWords(std::vector<Entry>& city, std::size_t count) {
    std::mt19937 random(11);
    const std::string heads[] = {"b",  "c",  "ch", "d",  "g", "h", "kh", "l",  "m", "n",
                                 "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"};
    const std::string tails[] = {"a",   "an",  "ang", "anh", "ao", "ay",  "e", "en",  "eo",   "i",
                                 "ien", "inh", "o",   "oc",  "on", "ong", "u", "ung", "uong", "uyen"};
    std::vector<std::string> words;
    for (std::size_t at = 0; at < count; ++at) {
        std::string word;
        for (auto syllables = 1 + random() % 3; syllables > 0; --syllables)
            word += heads[random() % std::size(heads)] + tails[random() % std::size(tails)];
        words.push_back(std::move(word));
    }
    if (!words.empty())
        for (auto& entry : city) entry.alsoFoundBy += ' ' + words[random() % words.size()];
}

struct Query {
    std::string typed, wanted;
};
std::vector<Query> queries(const std::vector<Entry>& city, std::size_t count,
                           const std::function<std::string(const std::string& title)>& type) {
    std::mt19937 random(7);
    std::vector<Query> all;
    while (all.size() < count) {
        const auto& title = city[random() % city.size()].title;
        if (auto typed = type(title); typed.size() > 0) all.push_back({typed, title});
    }
    return all;
}

void measure(const char* what, const std::vector<Query>& asked, const Ask& ask) {
    std::vector<double> took, worked;
    std::size_t right = 0;
    for (const auto& query : asked) {
        Titles titles;
        const double before = processorSeconds();
        took.push_back(1000 * seconds([&] { titles = ask(query.typed); }));
        worked.push_back(1000 * (processorSeconds() - before));
        const auto five =
            titles.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(5, titles.size()));
        right += std::find(titles.begin(), five, query.wanted) != five ? 1 : 0;
    }
    std::ranges::sort(took);
    std::ranges::sort(worked);
    std::printf("  %-24s p50 %7.2f ms   p99 %7.2f ms (processor %7.2f)   in the first five %5.1f %%\n", what,
                took[took.size() / 2], took[took.size() * 99 / 100], worked[worked.size() * 99 / 100],
                100.0 * static_cast<double>(right) / static_cast<double>(asked.size()));
}

/// FTS5 as its documentation begins, over the same texts.
class Plain {
  public:
    explicit Plain(const std::vector<Entry>& city)
        : db_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        db_.exec(
            "CREATE VIRTUAL TABLE plain USING fts5(title, more UNINDEXED, also, tokenize='unicode61 "
            "remove_diacritics 2');"
            "CREATE TABLE folded(title TEXT, text TEXT)");
        db_.exec("BEGIN");
        SQLite::Statement row(db_, "INSERT INTO plain VALUES(?, ?, ?)"),
            text(db_, "INSERT INTO folded VALUES(?, ?)");
        for (const auto& entry : city) {
            row.bind(1, entry.title);
            row.bind(2, entry.fields);
            row.bind(3, entry.alsoFoundBy);
            row.exec();
            row.reset();
            text.bind(1, entry.title);
            text.bind(2, base::fold(entry.title + ' ' + entry.alsoFoundBy));
            text.exec();
            text.reset();
        }
        db_.exec("COMMIT");
    }
    Titles byRank(const std::string& typed) {
        std::string match;
        for (const auto& word : pack::searchWords(typed)) match += '"' + word + "\" ";
        return ask("SELECT title FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20", match + '*');
    }
    Titles like(const std::string& typed) {
        return ask("SELECT title FROM folded WHERE text LIKE ? LIMIT 20", '%' + base::fold(typed) + '%');
    }

  private:
    Titles ask(const char* sql, const std::string& bound) {
        SQLite::Statement rows(db_, sql);
        rows.bind(1, bound);
        Titles titles;
        while (rows.executeStep()) titles.push_back(rows.getColumn(0).getString());
        return titles;
    }
    SQLite::Database db_;
};

}  // namespace

int main(int count, char** given) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const std::size_t size = count > 1 ? std::stoul(given[1]) : 100'000;
    const auto dir = fs::temp_directory_path() / ("bench-search-" + std::to_string(getpid()));
    fs::create_directories(dir);
    std::vector<std::string> wards;
    for (int at = 0; at < 168; ++at) wards.push_back(std::to_string(25747 + at * 3));
    auto city = publish::bigCity(
        publish::CityNames::load(TRAM_SOURCE_DIR "/resources/demo/big_city.json").value(), size, 1, wards);
    addOtherWords(city, count > 2 ? std::stoul(given[2]) : 0);
    const auto file = dir / "city.pack";
    bool written = false;
    const double built =
        seconds([&] { written = pack::writePack(file, {"places", "-", "-"}, city).has_value(); });
    if (!written) return std::puts("the pack could not be written"), 1;
    std::printf("%zu entries, pack of %.1f MB built in %.1f s\n", size,
                static_cast<double>(fs::file_size(file)) / 1e6, built);
    {
        std::optional<base::Result<pack::PackFile>> opened;
        const double opening = seconds([&] { opened.emplace(pack::PackFile::open(file)); });
        if (!*opened) return std::puts("the pack could not be opened"), 1;
        const auto& pack = **opened;
        const double reading = seconds([&] { pack.vocabulary(); });
        std::printf("opened in %.2f ms, its vocabulary read at the first slip in %.2f ms\n", 1000 * opening,
                    1000 * reading);
        const auto titles = [&](const pack::Query& query) {
            Titles all;
            for (const auto& found : pack::search(pack, query)) all.push_back(found.entry.title);
            return all;
        };
        Plain plain(city);
        const std::vector<std::pair<const char*, Ask>> ways = {
            {"ours", [&](const std::string& typed) { return titles({typed, "", {}, kLimit}); }},
            {"ours, the nearest first",
             [&](const std::string& typed) { return titles({typed, "", kKiosk, kLimit}); }},
            {"FTS5 with bm25", [&](const std::string& typed) { return plain.byRank(typed); }},
            {"LIKE", [&](const std::string& typed) { return plain.like(typed); }}};
        std::mt19937 random(3);
        const auto slip = [&](const std::string& title, Where where) {
            return slippedAt(words(title, 0, 9), where, random);
        };
        const std::vector<std::pair<const char*, std::function<std::string(const std::string&)>>> kinds = {
            {"1 letter", [](const std::string& t) { return words(t, 2, 1).substr(0, 1); }},
            {"2 letters", [](const std::string& t) { return words(t, 2, 1).substr(0, 2); }},
            {"3 letters", [](const std::string& t) { return words(t, 2, 1).substr(0, 3); }},
            {"4 letters", [](const std::string& t) { return words(t, 0, 9).substr(0, 4); }},
            {"2 words", [](const std::string& t) { return words(t, 0, 2); }},
            {"3 words", [](const std::string& t) { return words(t, 1, 3); }},
            {"the whole title", [](const std::string& t) { return words(t, 0, 9); }},
            {"the whole title with a slip",
             [&](const std::string& t) { return slipped(words(t, 0, 9), random); }},
            {"... in a longer word", [&](const std::string& t) { return slip(t, Where::InnerWord); }},
            {"... in a longer last word", [&](const std::string& t) { return slip(t, Where::LastWord); }},
            {"... in a word of two letters", [&](const std::string& t) { return slip(t, Where::ShortWord); }},
            {"... at a blank", [&](const std::string& t) { return slip(t, Where::Blank); }},
            {"... in a number, which is never mended",
             [&](const std::string& t) { return slip(t, Where::Number); }},
            {"the title as far as an unfinished word", unfinished},
            {"the same with a slip in that word",
             [&](const std::string& t) { return slippedAt(unfinished(t), Where::LastWord, random); }},
            {"4 letters with a slip",
             [&](const std::string& t) {
                 return slippedAt(words(t, 0, 1).substr(0, 4), Where::LastWord, random);
             }},
            {"3 words with a slip", [&](const std::string& t) { return slipped(words(t, 1, 3), random); }},
            {"the whole title with two slips",
             [&](const std::string& t) { return slipped(slipped(words(t, 0, 9), random), random); }}};
        for (const auto& [typing, type] : kinds) {
            std::printf("\n%s\n", typing);
            const auto asked = queries(city, 400, type);
            for (const auto& [what, ask] : ways) {
                const bool ours = std::string_view(what).starts_with("ours");
                measure(what, ours ? asked : std::vector(asked.begin(), asked.begin() + 40),
                        ask);  // the others are slow
            }
        }
    }
    fs::remove_all(dir);
    return 0;
}
