// What people and files bring as text.
#include "Input.h"
#include "base/Clock.h"
#include "base/TrackingCode.h"
#include "base/Uuid.h"
#include "base/VietnameseText.h"

using namespace tram::base;

namespace {

void cleaning(std::string_view text, bool keepLines) {
    const auto once = clean(text, keepLines);
    must(clean(once, keepLines) == once, "cleaning a clean text changes nothing");
    must(toNfc(once) == once, "a clean text is NFC");
    must(characters(firstCharacters(once, 20)) <= 20, "a beginning is as short as asked");
}

void trackingCode(std::string_view typed) {
    const auto code = TrackingCode::parse(typed);
    must(code.has_value() == (TrackingCode::judge(typed) == TrackingCode::Typed::Complete),
         "parse and judge agree");
    if (code) must(TrackingCode::parse(code->grouped()) == code, "a code survives its grouping");
}

void time(std::string_view text) {
    WallTime read{}, again{};
    if (!fromRfc3339(text, read)) return;
    must(fromRfc3339(toRfc3339(read), again) && again == read, "a time survives its text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(6)) {
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
            (void)Uuid::parse(input.rest());
            break;
    }
    return 0;
}
