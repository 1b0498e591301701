#include "tests/bench/typing/M17nTyping.h"

#include <m17n.h>

namespace tram::bench {

M17nTyping::M17nTyping(typing::Method method) {
    M17N_INIT();
    const char* name = method == typing::Method::Vni ? "vni" : "telex";
    method_ = minput_open_im(msymbol("vi"), msymbol(name), nullptr);
    if (method_) context_ = minput_create_ic(method_, nullptr);
}

M17nTyping::~M17nTyping() {
    if (context_) minput_destroy_ic(context_);
    if (method_) minput_close_im(method_);
    M17N_FINI();
}

std::u32string M17nTyping::type(std::u32string_view keys) {
    std::u32string text;
    for (char32_t key : keys) press(key, text);
    press(U' ', text);
    minput_reset_ic(context_);
    if (!text.empty() && text.back() == U' ') text.pop_back();
    return text;
}

void M17nTyping::press(char32_t key, std::u32string& text) {
    const char name[] = {static_cast<char>(key), '\0'};
    MSymbol symbol = msymbol(key == U' ' ? "space" : name);
    if (minput_filter(context_, symbol, nullptr)) return;
    MText* produced = mtext();
    const bool unhandled = minput_lookup(context_, symbol, nullptr, produced) != 0;
    for (int i = 0; i < mtext_len(produced); ++i) text += static_cast<char32_t>(mtext_ref_char(produced, i));
    m17n_object_unref(produced);
    if (unhandled) text += key;
}

}  // namespace tram::bench
