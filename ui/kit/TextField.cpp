#include "ui/kit/TextField.h"

#include "ui/kit/FieldBox.h"
#include "ui/kit/Text.h"

namespace tram::kit {
namespace {

ViewRef footer(const TextFieldOptions& o) {
    if (o.error.empty() && o.hint.empty() && o.counter.empty()) return nullptr;
    auto left = !o.error.empty() ? errorLine(o.error)
                                 : plainText(o.hint, {.role = Type::Caption, .colour = Colour::Muted});
    auto right = o.counter.empty()
                     ? nullptr
                     : plainText(unbroken(o.counter),
                                 {.role = Type::Caption, .colour = Colour::Muted, .spoken = o.counter});
    return row({grow(std::move(left)), std::move(right)}, {.gap = 20});
}

}  // namespace

// A slip of typing is no danger: red is kept for that.
ViewRef errorLine(const std::string& error) {
    return row({icon("error", 28, Colour::Warn),
                grow(plainText(error, {.role = Type::CaptionStrong, .colour = Colour::Warn}))},
               {.gap = 10, .flow = false});
}

ViewRef textField(TextFieldOptions o) {
    auto label = o.label.empty() ? nullptr : plainText(o.label, {.role = Type::CaptionStrong});
    auto box = std::make_shared<FieldBox>(o);
    box->weight = o.multiline ? 1 : 0;
    return column({std::move(label), std::move(box), footer(o)}, {.gap = 16});
}

}  // namespace tram::kit
