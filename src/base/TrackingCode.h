#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tram::base {

/// K7M-3Q9-X2T-W: three symbols of the kiosk, six random, one check symbol; Crockford base 32,
/// Luhn mod 32 doubling from the rightmost payload symbol. By itself it tells only a report's state.
class TrackingCode {
  public:
    static constexpr int kSymbols = 10;

    /// `prefix` three and `random` six Crockford symbols.
    static std::optional<TrackingCode> make(std::string_view prefix, std::string_view random);
    /// Six symbols from the system's random source.
    static std::string randomSymbols();
    /// Forgiving: lower case, spaces, dashes of any kind, O→0, I/L→1. Nothing when length or check is wrong.
    static std::optional<TrackingCode> parse(std::string_view typed);
    /// Exactly as the wire has it: ten symbols, the last of which fits.
    static bool isSymbols(std::string_view text);

    /// For a field being typed in: what is wrong so far, so that a slip shows at once.
    enum class Typed { Incomplete, Complete, WrongCheck, ForeignSymbol, TooLong };
    static Typed judge(std::string_view typed);
    /// What was typed, cleaned and grouped as far as it goes: "k7m3q" → "K7M-3Q".
    static std::string group(std::string_view typed);

    const std::string& symbols() const { return symbols_; }  ///< "K7M3Q9X2TW"
    std::string grouped() const { return group(symbols_); }  ///< "K7M-3Q9-X2T-W"
    std::string prefix() const { return symbols_.substr(0, 3); }
    bool operator==(const TrackingCode&) const = default;

  private:
    explicit TrackingCode(std::string symbols) : symbols_(std::move(symbols)) {}
    std::string symbols_;
};

}  // namespace tram::base
