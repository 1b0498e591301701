// What people and files bring as text.
#include <sstream>

#include "Input.h"
#include "base/Clock.h"
#include "base/Crockford.h"
#include "base/TrackingCode.h"
#include "base/Uuid.h"
#include "base/VietnameseText.h"
#include "content/PlaceNames.h"
#include "content/WardQuery.h"
#include "typing/TypeLines.h"

using namespace tram;
using namespace tram::base;

namespace {

void cleaning(std::string_view text, bool keepLines) {
    const auto once = clean(text, keepLines);
    must(clean(once, keepLines) == once, "cleaning a clean text changes nothing");
    must(toNfc(once) == once, "a clean text is NFC");
    must(characters(firstCharacters(once, 20)) <= 20, "a beginning is as short as asked");
    must(keepLines || once.find('\n') == once.npos, "one line is one line");
}

void trackingCode(std::string_view typed) {
    const auto code = TrackingCode::parse(typed);
    must(code.has_value() == (TrackingCode::judge(typed) == TrackingCode::Typed::Complete),
         "parse and judge agree");
    must(TrackingCode::group(TrackingCode::group(typed)) == TrackingCode::group(typed),
         "grouping twice is grouping once");
    if (!code) return;
    must(TrackingCode::parse(code->grouped()) == code, "a code survives its grouping");
    must(code->symbols().size() == TrackingCode::kSymbols && crockford::allValid(code->symbols()),
         "ten symbols of the alphabet");
    auto slip = code->symbols();
    slip[4] = slip[4] == 'A' ? 'B' : 'A';
    must(!TrackingCode::parse(slip), "one slip is always noticed");
}

void time(std::string_view text) {
    WallTime read{}, again{};
    if (!fromRfc3339(text, read)) return;
    must(fromRfc3339(toRfc3339(read), again) && again == read, "a time survives its text");
    must(coarseToHour(read) <= read && read - coarseToHour(read) < std::chrono::hours(1),
         "an hour holds its times");
}

void uuid(std::string_view text) {
    if (const auto id = Uuid::parse(text)) must(id->text() == text, "an id has one text");
}

/// The tool's way of typing: whatever comes, valid text without control characters of ours comes out.
void typedLines(std::string_view keys) {
    std::istringstream in{std::string(keys)};
    std::ostringstream out;
    typing::typeLines(in, out, {});
    const auto text = out.str();
    must(toUtf8(toUtf32(text)) == text, "what was typed is UTF-8");
}

void placeNames(std::string_view text) {
    (void)base::sortKey(text);
    const content::WardQuery query(text);
    const auto indexed = content::WardQuery::indexText(text);
    if (!query.empty()) must(!query.within(" "), "a name is not found in nothing");
    (void)query.begins(indexed);
}

void symbols(std::string_view text) {
    const auto read = crockford::symbolsOf(text);
    must(crockford::symbolsOf(read) == read, "symbols are their own symbols");
    must(crockford::encode({reinterpret_cast<const unsigned char*>(text.data()), text.size()}).size() ==
             (text.size() * 8 + 4) / 5,
         "five bits a symbol");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(10)) {
        case 0:
            cleaning(input.rest(), false);
            break;
        case 1:
            cleaning(input.rest(), true);
            break;
        case 2:
            must(fold(fold(input.rest())) == fold(input.rest()), "folding twice is folding once");
            break;
        case 3:
            trackingCode(input.rest());
            break;
        case 4:
            time(input.rest());
            break;
        case 5:
            uuid(input.rest());
            break;
        case 6:
            typedLines(input.rest());
            break;
        case 7:
            placeNames(input.rest());
            break;
        case 8:
            symbols(input.rest());
            break;
        case 9:
            (void)content::spellingKey(input.rest());
            break;
    }
    return 0;
}
