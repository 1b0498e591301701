#include "ui/kit/KeyRows.h"

#include <array>

#include "base/VietnameseText.h"
#include "ui/kit/Characters.h"

namespace tram::kit {
namespace {

using Shift = KeyboardState::Shift;
constexpr double kShiftWeight = 1.4, kSpaceWeight = 4.2, kMarkWeight = 0.85, kMethodWeight = 1.3,
                 kHideWeight = 2.05;

std::string utf8(char32_t c) {
    return base::toUtf8({&c, 1});
}

/// Makes the keys; each acts on the model and the state, never on what is shown.
class Keys {
  public:
    explicit Keys(const KeyboardOptions& o) : o_(o), model_(o.model), state_(o.state) {}

    std::vector<KeySpec> letters(std::u32string_view all) const {
        std::vector<KeySpec> row;
        for (const char32_t c : all) row.push_back(letter(c));
        return row;
    }

    std::vector<KeySpec> vietnamese() const {
        std::vector<KeySpec> row;
        for (const char32_t c : std::u32string_view(U"ăâđêôơư")) row.push_back(shaped(c));
        return row;
    }

    std::vector<KeySpec> tones() const {
        const auto& w = o_.words;
        return {tone("sac", w.sac, typing::Tone::Sac), tone("huyen", w.huyen, typing::Tone::Huyen),
                tone("hoi", w.hoi, typing::Tone::Hoi), tone("nga", w.nga, typing::Tone::Nga),
                tone("nang", w.nang, typing::Tone::Nang)};
    }

    // Off → the next letter → all letters → off: tapping twice quickly is the second tap of the same round.
    KeySpec shift(double weight = kShiftWeight) const {
        const auto state = state_;
        const bool caps = state->shift == Shift::Caps;
        return {.id = "key.shift",
                .label = caps ? "⇪" : "⇧",
                .spoken = o_.words.shift,
                .kind = KeyKind::Act,
                .weight = weight,
                .lit = state->shift != Shift::Off,
                .press = [state] {
                    state->shift = state->shift == Shift::Off    ? Shift::Once
                                   : state->shift == Shift::Once ? Shift::Caps
                                                                 : Shift::Off;
                }};
    }

    KeySpec backspace(double weight = kShiftWeight) const {
        return {.id = "key.backspace",
                .label = "⌫",
                .spoken = o_.words.backspace,
                .kind = KeyKind::Act,
                .weight = weight,
                .press = [model = model_] { model->backspace(); }};
    }

    KeySpec method() const {
        using typing::Method;
        const auto& w = o_.words;
        const auto now = state_->method;
        return {.id = "key.method",
                .label = now == Method::Telex ? w.telex
                         : now == Method::Vni ? w.vni
                                              : w.off,
                .kind = KeyKind::Act,
                .weight = kMethodWeight,
                .word = true,
                .press = [state = state_, model = model_] {
                    state->method = state->method == Method::Telex ? Method::Vni
                                    : state->method == Method::Vni ? Method::Off
                                                                   : Method::Telex;
                    state->methodChosen = true;
                    model->setMethod(state->method);
                }};
    }

    KeySpec symbols() const {
        return {.id = "key.symbols",
                .label = state_->symbols ? o_.words.letters : ".?@",
                .kind = KeyKind::Act,
                .weight = 0.95,
                .word = true,
                .press = [state = state_] { state->symbols = !state->symbols; }};
    }

    KeySpec space() const {
        return {.id = "key.space",
                .label = o_.words.space,
                .kind = KeyKind::Space,
                .weight = kSpaceWeight,
                .word = true,
                .press = [model = model_] { model->type(U' '); }};
    }

    KeySpec hide(double weight = kHideWeight) const {
        return {.id = "key.hide",
                .label = o_.words.hide,
                .kind = KeyKind::Act,
                .weight = weight,
                .word = true,
                .press = o_.onHide};
    }

    KeySpec enter() const {
        auto press = o_.onEnter ? o_.onEnter : Action([model = model_] { model->enter(); });
        return {.id = "key.enter",
                .label = {},
                .icon = "keyboard_return",
                .spoken = o_.words.enter,
                .kind = KeyKind::Act,
                .weight = kMethodWeight,
                .press = std::move(press)};
    }
    bool hasEnter() const { return o_.onEnter || model_->multiline(); }

    KeySpec mark(char32_t c, double weight = kMarkWeight) const {
        auto key = plain(c);
        key.kind = KeyKind::Act;
        key.weight = weight;
        return key;
    }

    KeySpec plain(char32_t c) const {
        return {.id = "key." + utf8(c), .label = utf8(c), .press = [model = model_, c] { model->type(c); }};
    }

    KeySpec text(std::string_view all, double weight) const {
        return {.id = "key." + std::string(all),
                .label = std::string(all),
                .kind = KeyKind::Act,
                .weight = weight,
                .word = true,
                .press = [model = model_, letters = base::toUtf32(all)] {
                    for (const char32_t c : letters) model->type(c);
                }};
    }

  private:
    char32_t cased(char32_t c) const { return state_->shift == Shift::Off ? c : upper(c); }

    KeySpec letter(char32_t c) const {
        const char32_t shown = cased(c);
        return {
            .id = "key." + utf8(c), .label = utf8(shown), .press = [model = model_, state = state_, shown] {
                if (state->shift == Shift::Once) state->shift = Shift::Off;
                model->type(shown);
            }};
    }

    KeySpec shaped(char32_t c) const {
        const char32_t shown = cased(c);
        return {.id = "key." + utf8(c),
                .label = utf8(shown),
                .kind = KeyKind::Shaped,
                .press = [model = model_, state = state_, shown] {
                    if (state->shift == Shift::Once) state->shift = Shift::Off;
                    model->shaped(shown);
                }};
    }

    KeySpec tone(std::string name, const std::string& label, typing::Tone tone) const {
        return {.id = "key.tone." + std::move(name),
                .label = label,
                .kind = KeyKind::Tone,
                .weight = 0.8,
                .word = true,
                .press = [model = model_, tone] { model->tone(tone); }};
    }

    const KeyboardOptions& o_;
    std::shared_ptr<TextEdit> model_;
    std::shared_ptr<KeyboardState> state_;
};

std::vector<KeySpec> operator+(std::vector<KeySpec> a, std::vector<KeySpec> b) {
    a.insert(a.end(), std::make_move_iterator(b.begin()), std::make_move_iterator(b.end()));
    return a;
}

std::vector<KeySpec> with(const Keys& keys, std::u32string_view all) {
    std::vector<KeySpec> row;
    for (const char32_t c : all) row.push_back(keys.plain(c));
    return row;
}

std::vector<KeySpec> enterOf(const Keys& keys) {
    return keys.hasEnter() ? std::vector{keys.enter()} : std::vector<KeySpec>{};
}

std::vector<KeySpec> bottom(const Keys& keys) {
    return std::vector{keys.method(), keys.symbols(), keys.space(), keys.mark(U','), keys.mark(U'.')} +
           enterOf(keys) + std::vector{keys.hide()};
}

std::vector<KeyRow> tall(const Keys& keys, bool tonesApart) {
    std::vector<KeyRow> rows{{with(keys, U"1234567890")}};
    if (tonesApart) {
        rows.push_back({keys.vietnamese()});
        rows.push_back({keys.tones()});
    } else {
        rows.push_back({keys.vietnamese() + keys.tones()});
    }
    rows.push_back({keys.letters(U"qwertyuiop")});
    rows.push_back({keys.letters(U"asdfghjkl"), 0.4});
    rows.push_back({std::vector{keys.shift()} + keys.letters(U"zxcvbnm") + std::vector{keys.backspace()}});
    rows.push_back({bottom(keys)});
    return rows;
}

std::vector<KeyRow> lying(const Keys& keys) {
    return {{with(keys, U"1234567890") + keys.vietnamese()},
            {keys.letters(U"qwertyuiop") + keys.tones()},
            {keys.letters(U"asdfghjkl") + std::vector{keys.mark(U','), keys.mark(U'.')} + enterOf(keys) +
             std::vector{keys.backspace()}},
            {std::vector{keys.shift()} + keys.letters(U"zxcvbnm") +
             std::vector{keys.method(), keys.symbols(), keys.space(), keys.hide()}}};
}

std::vector<KeyRow> symbolRows(const Keys& keys, bool wide) {
    const auto last = std::vector{keys.symbols(), keys.space()} + enterOf(keys) +
                      std::vector{keys.backspace(), keys.hide()};
    if (wide)
        return {{with(keys, U"1234567890+-=×÷%")},
                {with(keys, U".,?!:;…\"'()/\\@#&")},
                {with(keys, U"*_~^<>[]{}|$€₫°–")},
                {last}};
    return {{with(keys, U"1234567890")}, {with(keys, U".,?!:;…\"'–")}, {with(keys, U"()/\\@#&%+-")},
            {with(keys, U"=×÷*_~°₫$€")}, {with(keys, U"<>[]{}|^")},    {last}};
}

// Crockford's base 32 has no I, L, O, U: keys that would only mislead are not there.
std::vector<KeyRow> code(const Keys& keys, bool wide) {
    if (wide)
        return {{with(keys, U"1234567890") + std::vector{keys.mark(U'-', 1)}},
                {with(keys, U"QWERTYP")},
                {with(keys, U"ASDFGHJK") + std::vector{keys.backspace()}},
                {with(keys, U"ZXCVBNM") + enterOf(keys) + std::vector{keys.hide()}}};
    return {{with(keys, U"1234567890")},
            {with(keys, U"QWERTYP")},
            {with(keys, U"ASDFGHJK")},
            {with(keys, U"ZXCVBNM") + std::vector{keys.backspace()}},
            {std::vector{keys.mark(U'-', kShiftWeight)} + enterOf(keys) + std::vector{keys.hide()}}};
}

std::vector<KeyRow> dossier(const Keys& keys, bool wide) {
    if (wide)
        return {{with(keys, U"1234567890")},
                {with(keys, U"QWERTYUIOP") + std::vector{keys.backspace()}},
                {with(keys, U"ASDFGHJKL") + std::vector{keys.mark(U'/', 1)}},
                {with(keys, U"ZXCVBNM") + std::vector{keys.mark(U'.', 1), keys.mark(U'-', 1)} +
                 enterOf(keys) + std::vector{keys.hide()}}};
    return {{with(keys, U"1234567890")},
            {with(keys, U"QWERTYUIOP")},
            {with(keys, U"ASDFGHJKL"), 0.4},
            {with(keys, U"ZXCVBNM") + std::vector{keys.backspace()}},
            {std::vector{keys.mark(U'.', kShiftWeight), keys.mark(U'-', kShiftWeight),
                         keys.mark(U'/', kShiftWeight)} +
             enterOf(keys) + std::vector{keys.hide()}}};
}

std::vector<KeyRow> number(const Keys& keys, bool wide) {
    if (wide)
        return {
            {with(keys, U"12345")},
            {with(keys, U"67890")},
            {std::vector{keys.plain(U'+'), keys.backspace(1)} + enterOf(keys) + std::vector{keys.hide(2)}}};
    return {{with(keys, U"123")},
            {with(keys, U"456")},
            {with(keys, U"789")},
            {with(keys, U"+0") + std::vector{keys.backspace(1)}},
            {enterOf(keys) + std::vector{keys.hide(kShiftWeight)}}};
}

std::vector<KeyRow> email(const Keys& keys, bool wide) {
    std::vector<KeySpec> marks{keys.mark(U'@', 1),   keys.mark(U'.', 1),           keys.mark(U'-', 1),
                               keys.mark(U'_', 1),   keys.text("@gmail.com", 2.4), keys.text(".com", 1.4),
                               keys.text(".vn", 1.2)};
    const auto last = enterOf(keys) + std::vector{keys.hide()};
    if (wide)
        return {{with(keys, U"1234567890")},
                {keys.letters(U"qwertyuiop") + std::vector{keys.backspace()}},
                {keys.letters(U"asdfghjkl") + std::vector{keys.mark(U'@', 1), keys.mark(U'.', 1)}},
                {keys.letters(U"zxcvbnm") +
                 std::vector{keys.mark(U'-', 1), keys.mark(U'_', 1), keys.text("@gmail.com", 2.4),
                             keys.text(".com", 1.4)} +
                 last}};
    return {{with(keys, U"1234567890")},
            {keys.letters(U"qwertyuiop")},
            {keys.letters(U"asdfghjkl"), 0.4},
            {keys.letters(U"zxcvbnm") + std::vector{keys.backspace()}},
            {marks},
            {last}};
}

}  // namespace

std::vector<KeyRow> keyRows(const KeyboardOptions& options, KeyShape shape) {
    const Keys keys(options);
    const bool wide = shape == KeyShape::Wide;
    switch (options.layout) {
        case KeyboardLayout::Code:
            return code(keys, wide);
        case KeyboardLayout::Dossier:
            return dossier(keys, wide);
        case KeyboardLayout::Number:
            return number(keys, wide);
        case KeyboardLayout::Email:
            return email(keys, wide);
        case KeyboardLayout::Vietnamese:
            break;
    }
    if (options.state->symbols) return symbolRows(keys, wide);
    return wide ? lying(keys) : tall(keys, shape == KeyShape::TonesApart);
}

}  // namespace tram::kit
