#pragma once
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace tram::base {

/// Overwrites memory in a way the optimiser keeps.
void wipe(void* data, std::size_t size) noexcept;

/// Holds personal data or key material: wiped when dropped or overwritten, not copyable by accident, and
/// without any operator that could print it. T is std::string or std::vector<unsigned char>.
template <class T>
class Secret {
  public:
    Secret() = default;
    // A moved-from short string still holds its letters, in the argument itself.
    explicit Secret(T value) : value_(std::move(value)) { scrub(value); }
    Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.clear(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            clear();
            value_ = std::move(other.value_);
            other.clear();
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { clear(); }

    const T& reveal() const { return value_; }
    Secret copy() const { return Secret(value_); }
    bool empty() const { return value_.empty(); }
    void clear() noexcept { scrub(value_); }

  private:
    static void scrub(T& value) noexcept {
        // capacity, not size: a shortened string still holds its tail; small strings live in the object.
        if (value.capacity() > 0) {
            value.resize(value.capacity());
            wipe(value.data(), value.size() * sizeof(typename T::value_type));
        }
        value.clear();
    }

    T value_;
};

using SecretText = Secret<std::string>;
using SecretBytes = Secret<std::vector<unsigned char>>;

}  // namespace tram::base
