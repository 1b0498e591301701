#pragma once

namespace tram::typing {

enum class Method { Telex, Vni, Off };
enum class ToneStyle { Old /* hòa */, New /* hoà */ };
enum class Tone { None, Sac, Huyen, Hoi, Nga, Nang };

struct Options {
    Method method = Method::Telex;
    ToneStyle toneStyle = ToneStyle::Old;
};

}  // namespace tram::typing
