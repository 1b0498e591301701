// Any keys in any order: an edit never takes away more than is there, and enough Backspaces empty the field.
#include "Input.h"
#include "base/VietnameseText.h"
#include "typing/Composer.h"

using namespace tram::typing;

namespace {

struct Field {
    std::u32string text;
    void apply(const Edit& edit) {
        must(edit.erase <= text.size(), "an edit erases only what stands there");
        text.erase(text.size() - edit.erase);
        text += edit.insert;
    }
};

Edit step(Composer& composer, unsigned char byte) {
    static constexpr char32_t kShaped[] = {U'ă', U'â', U'đ', U'ê', U'ô', U'ơ', U'ư', U'Ơ'};
    static constexpr Tone kTones[] = {Tone::None, Tone::Sac, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Nang};
    if (byte >= 0xF0) return composer.tone(kTones[byte % 6]);
    if (byte >= 0xE0) return composer.letter(kShaped[byte % 8]);
    return composer.key(byte < 0x80 ? static_cast<char32_t>(byte) : U'a' + byte % 26);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    static constexpr Method kMethods[] = {Method::Telex, Method::Vni, Method::Off};
    Options options;
    options.method = kMethods[input.choose(3)];
    Composer composer(options);
    Field field;
    for (const char character : input.rest()) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte == 8 && field.text.empty()) continue;  // a field ignores it
        field.apply(byte == 8 ? composer.backspace() : step(composer, byte));
    }
    must(tram::base::toUtf32(tram::base::toUtf8(field.text)) == field.text,
         "what stands there is valid text");
    for (auto left = 2 * field.text.size() + 2; left > 0 && !field.text.empty(); --left)
        field.apply(composer.backspace());
    must(field.text.empty(), "Backspace empties the field");
    return 0;
}
