#pragma once
#include <string>
#include <string_view>

#include "typing/Options.h"

struct MInputMethod;
struct MInputContext;

namespace tram::bench {

/// m17n's vi-telex or vi-vni, fed key by key as a text field would.
class M17nTyping {
  public:
    explicit M17nTyping(typing::Method method);
    ~M17nTyping();
    M17nTyping(const M17nTyping&) = delete;
    M17nTyping& operator=(const M17nTyping&) = delete;

    bool ready() const { return context_ != nullptr; }
    std::u32string type(std::u32string_view keys);  ///< one word, ended by a blank that is not returned

  private:
    void press(char32_t key, std::u32string& text);

    MInputMethod* method_ = nullptr;
    MInputContext* context_ = nullptr;
};

}  // namespace tram::bench
