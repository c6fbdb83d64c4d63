// A C ABI over the few parts of libtorch that the C# binding needs. It does not grow with the operators used: any operator is
// called by name through libtorch's dispatcher, and networks are TorchScript text.
//
// Rules. Every call that can fail returns 0, or 1 with a text in touchstone_error() of the same thread; 2 when memory ran out.
// Tensors and modules are handles that the caller frees exactly once. Nothing is kept between calls but the last error's text.
// Raise kAbi, and TorchLibrary.Abi in C# with it, with every change of a signature or of TouchstoneValue.

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/cuda.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/script.h>
#include <torch/version.h>

#include <cstring>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr int32_t kAbi = 1;

thread_local std::string last_error;
thread_local std::string last_text;

// libtorch's own words, without what only its authors need: where in its C++ an error arose, and lists of registered kernels.
std::string message_of(std::string what) {
  for (const char* noise : {"\nException raised from ", "\n\nCPU: registered at "}) {
    what = what.substr(0, what.find(noise));
  }
  if (what.rfind("[enforce fail at ", 0) == 0) {  // "[enforce fail at FILE:LINE] CONDITION. Message"
    auto end = what.find(". ", what.find(']'));
    if (end != std::string::npos) what = what.substr(end + 2);
  }
  return what;
}

int32_t failed(const std::string& what, bool out_of_memory = false) {
  last_error = message_of(what);
  return out_of_memory || last_error.find("can't allocate memory") != std::string::npos ? 2 : 1;
}

template <typename Work>
int32_t guarded(Work&& work) {
  try {
    work();
    return 0;
  } catch (const c10::OutOfMemoryError& error) {
    return failed(error.what_without_backtrace(), true);
  } catch (const c10::Error& error) {
    return failed(error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return failed("Memory ran out.", true);
  } catch (const std::exception& error) {
    return failed(error.what());
  } catch (...) {
    return failed("libtorch threw something that is no exception.");
  }
}

at::Tensor& tensor(void* handle) { return *static_cast<at::Tensor*>(handle); }

torch::jit::Module& module(void* handle) { return *static_cast<torch::jit::Module*>(handle); }

c10::Device device_of(const void* name) {
  c10::Device device(std::string(static_cast<const char*>(name)));
  auto count = static_cast<int64_t>(torch::cuda::device_count());
  TORCH_CHECK(!device.is_cuda() || device.index() < count, "There is no ", device, ": libtorch sees ", count, " CUDA devices.");
  return device;
}

void* handle_of(at::Tensor value) { return new at::Tensor(std::move(value)); }

}  // namespace

#define TOUCHSTONE_EXPORT extern "C" __attribute__((visibility("default")))

enum Kind : int32_t {
  kNone, kTensor, kInteger, kReal, kBoolean, kText, kIntegers, kReals, kTensors, kDevice, kOptionalTensors
};

// One argument or result. For lists, pointer is an array of count int64_t, double or handles (null: no tensor).
struct TouchstoneValue {
  int32_t kind;
  int32_t count;
  int64_t integer;
  double real;
  const void* pointer;
};

static_assert(sizeof(TouchstoneValue) == 32, "C# lays out the same 32 bytes");

namespace {

c10::IValue tensors_of(const TouchstoneValue& value) {
  c10::List<at::Tensor> list;
  auto handles = static_cast<void* const*>(value.pointer);
  for (int32_t i = 0; i < value.count; i++) {
    list.push_back(tensor(handles[i]));
  }
  return list;
}

c10::IValue optional_tensors_of(const TouchstoneValue& value) {
  auto list = c10::impl::GenericList(c10::OptionalType::create(c10::TensorType::get()));
  auto handles = static_cast<void* const*>(value.pointer);
  for (int32_t i = 0; i < value.count; i++) {
    list.push_back(handles[i] ? c10::IValue(tensor(handles[i])) : c10::IValue());
  }
  return list;
}

template <typename Number>
c10::IValue numbers_of(const TouchstoneValue& value) {
  c10::List<Number> list;
  for (int32_t i = 0; i < value.count; i++) {
    list.push_back(static_cast<const Number*>(value.pointer)[i]);
  }
  return list;
}

c10::IValue to_ivalue(const TouchstoneValue& value) {
  switch (value.kind) {
    case kNone: return {};
    case kTensor: return tensor(const_cast<void*>(value.pointer));
    case kInteger: return value.integer;
    case kReal: return value.real;
    case kBoolean: return value.integer != 0;
    case kText: return std::string(static_cast<const char*>(value.pointer));
    case kIntegers: return numbers_of<int64_t>(value);
    case kReals: return numbers_of<double>(value);
    case kTensors: return tensors_of(value);
    case kDevice: return device_of(value.pointer);
    case kOptionalTensors: return optional_tensors_of(value);
  }
  throw std::invalid_argument("The binding knows no kind of argument " + std::to_string(value.kind) + ".");
}

std::vector<c10::IValue> stack_of(const TouchstoneValue* arguments, int32_t count) {
  std::vector<c10::IValue> stack;
  for (int32_t i = 0; i < count; i++) {
    stack.push_back(to_ivalue(arguments[i]));
  }
  return stack;
}

// Results, lists and tuples of them laid out one after the other. Tensors stay owned here until all of them fit.
struct Results {
  std::vector<TouchstoneValue> values;
  std::vector<std::unique_ptr<at::Tensor>> owned;

  void add(const c10::IValue& value) {
    TouchstoneValue result{};
    if (value.isTensor()) {
      owned.push_back(std::make_unique<at::Tensor>(value.toTensor()));
      result.kind = kTensor;
      result.pointer = owned.back().get();
    } else if (value.isInt() || value.isBool()) {
      result.kind = value.isBool() ? kBoolean : kInteger;
      result.integer = value.isBool() ? value.toBool() : value.toInt();
    } else if (value.isDouble()) {
      result.kind = kReal;
      result.real = value.toDouble();
    } else if (value.isTuple()) {
      for (const auto& element : value.toTupleRef().elements()) add(element);
      return;
    } else if (value.isList()) {
      for (const c10::IValue& element : value.toListRef()) add(element);
      return;
    } else if (!value.isNone()) {
      throw std::invalid_argument("The binding carries no results of type " + value.type()->str() + ".");
    }
    values.push_back(result);
  }

  void give(TouchstoneValue* to, int32_t capacity, int32_t* count) {
    if (values.size() > static_cast<size_t>(capacity)) {
      throw std::invalid_argument(
          std::to_string(values.size()) + " results, where the caller has room for " + std::to_string(capacity) + ".");
    }
    std::copy(values.begin(), values.end(), to);
    for (auto& tensor : owned) tensor.release();
    *count = static_cast<int32_t>(values.size());
  }
};

// "down.0.weight" as the module that holds it and its last name.
std::pair<torch::jit::Module, std::string> holder_of(const torch::jit::Module& root, const std::string& path) {
  auto holder = root;
  size_t from = 0;
  for (auto dot = path.find('.'); dot != std::string::npos; dot = path.find('.', from)) {
    holder = holder.attr(path.substr(from, dot - from)).toModule();
    from = dot + 1;
  }
  return {holder, path.substr(from)};
}

}  // namespace

// ---------------------------------------------------------------------------------------------------------- the library

TOUCHSTONE_EXPORT int32_t touchstone_abi() { return kAbi; }

TOUCHSTONE_EXPORT const char* touchstone_error() { return last_error.c_str(); }

TOUCHSTONE_EXPORT const char* touchstone_version() { return TORCH_VERSION; }

TOUCHSTONE_EXPORT int32_t touchstone_cuda_devices(int32_t* count) {
  return guarded([&] { *count = static_cast<int32_t>(torch::cuda::device_count()); });
}

TOUCHSTONE_EXPORT int32_t touchstone_cuda_synchronize(int32_t index) {
  return guarded([&] { torch::cuda::synchronize(index); });
}

TOUCHSTONE_EXPORT int32_t touchstone_set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

TOUCHSTONE_EXPORT int32_t touchstone_threads() { return at::get_num_threads(); }

TOUCHSTONE_EXPORT int32_t touchstone_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

// On: the same bits every time, and on CUDA full 32-bit floats instead of TF32; operators that cannot do it fail.
TOUCHSTONE_EXPORT int32_t touchstone_deterministic(int32_t on) {
  return guarded([&] {
    auto& context = at::globalContext();
    context.setDeterministicAlgorithms(on != 0, false);
    context.setDeterministicCuDNN(on != 0);
    context.setBenchmarkCuDNN(on == 0);
    context.setAllowTF32CuDNN(on == 0);
    context.setAllowTF32CuBLAS(false);
  });
}

// Of this thread. Returns what it was.
TOUCHSTONE_EXPORT int32_t touchstone_gradients(int32_t on) {
  auto was = at::GradMode::is_enabled();
  at::GradMode::set_enabled(on != 0);
  return was;
}

// -------------------------------------------------------------------------------------------------------------- tensors

TOUCHSTONE_EXPORT void touchstone_tensor_free(void* handle) { delete static_cast<at::Tensor*>(handle); }

// Wraps the caller's memory; release(context) is called once nothing looks at it any more, on any thread.
TOUCHSTONE_EXPORT int32_t touchstone_tensor_wrap(
    void* data, int32_t type, const int64_t* sizes, int32_t rank, void (*release)(void*), void* context, void** result) {
  return guarded([&] {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(type));
    *result = handle_of(at::from_blob(
        data, at::IntArrayRef(sizes, rank), [release, context](void*) { release(context); }, options));
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_tensor_info(
    void* handle, int32_t* type, int32_t* rank, int64_t* sizes, int32_t capacity, int32_t* device, int32_t* device_index) {
  return guarded([&] {
    const auto& value = tensor(handle);
    *type = static_cast<int32_t>(value.scalar_type());
    *rank = static_cast<int32_t>(value.dim());
    TORCH_CHECK(value.dim() <= capacity, "A tensor of ", value.dim(), " dimensions; the binding has room for ", capacity, ".");
    std::copy(value.sizes().begin(), value.sizes().end(), sizes);
    *device = static_cast<int32_t>(value.device().type());
    *device_index = value.device().index();
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_tensor_copy_out(void* handle, void* data, int64_t bytes) {
  return guarded([&] {
    auto value = tensor(handle).detach().to(at::kCPU).contiguous();
    auto held = static_cast<int64_t>(value.nbytes());
    TORCH_CHECK(held == bytes, "The tensor holds ", held, " bytes, the caller's memory ", bytes, ".");
    std::memcpy(data, value.data_ptr(), bytes);
  });
}

// type below 0 keeps the element type.
TOUCHSTONE_EXPORT int32_t touchstone_tensor_to(void* handle, const char* device, int32_t type, void** result) {
  return guarded([&] {
    const auto& value = tensor(handle);
    auto wanted = type < 0 ? value.scalar_type() : static_cast<at::ScalarType>(type);
    *result = handle_of(value.to(device_of(device), wanted));
  });
}

// Writes values into a tensor of the same shape, below autograd: how weights are set.
TOUCHSTONE_EXPORT int32_t touchstone_tensor_assign(void* handle, void* source) {
  return guarded([&] {
    at::NoGradGuard off;
    auto& value = tensor(handle);
    TORCH_CHECK(value.sizes() == tensor(source).sizes(), "A tensor of shape ", value.sizes(), " cannot take one of shape ",
                tensor(source).sizes(), ".");
    value.copy_(tensor(source));
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_tensor_require_gradient(void* handle, int32_t on) {
  return guarded([&] { tensor(handle).requires_grad_(on != 0); });
}

// Null where no gradient has arrived.
TOUCHSTONE_EXPORT int32_t touchstone_tensor_gradient(void* handle, void** result) {
  return guarded([&] {
    const auto& gradient = tensor(handle).grad();
    *result = gradient.defined() ? handle_of(gradient) : nullptr;
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_tensor_backward(void* handle) {
  return guarded([&] { tensor(handle).backward(); });
}

TOUCHSTONE_EXPORT int32_t touchstone_tensor_scalar(void* handle, double* result) {
  return guarded([&] { *result = tensor(handle).item().toDouble(); });
}

// Any operator, by the name and overload of libtorch's registry; arguments left out take the schema's defaults.
TOUCHSTONE_EXPORT int32_t touchstone_call(
    const char* name, const char* overload, const TouchstoneValue* arguments, int32_t count, TouchstoneValue* results,
    int32_t capacity, int32_t* result_count) {
  return guarded([&] {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "libtorch has no operator ", name, *overload ? "." : "", overload, ".");
    auto stack = stack_of(arguments, count);
    found->schema().checkAndNormalizeInputs(stack);
    found->callBoxed(&stack);
    Results values;
    for (const auto& value : stack) values.add(value);
    values.give(results, capacity, result_count);
  });
}

// -------------------------------------------------------------------------------------------------------------- modules

TOUCHSTONE_EXPORT void touchstone_module_free(void* handle) { delete static_cast<torch::jit::Module*>(handle); }

// A module without content. Modules that belong together share the compilation unit of the first: give it as kin, or null.
TOUCHSTONE_EXPORT int32_t touchstone_module_create(void* kin, const char* name, void** result) {
  return guarded([&] {
    auto unit = kin ? module(kin)._ivalue()->compilation_unit() : std::make_shared<torch::jit::CompilationUnit>();
    auto made = std::make_unique<torch::jit::Module>(
        c10::QualifiedName("__torch__.touchstone." + std::string(name)), std::move(unit), true);
    made->register_attribute("training", c10::BoolType::get(), true);
    *result = made.release();
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_module_add_tensor(void* handle, const char* name, void* value, int32_t is_buffer) {
  return guarded([&] { module(handle).register_parameter(name, tensor(value), is_buffer != 0); });
}

TOUCHSTONE_EXPORT int32_t touchstone_module_add_child(void* handle, const char* name, void* child) {
  return guarded([&] { module(handle).register_module(name, module(child)); });
}

// Compiles TorchScript methods. Children must be there, with their methods, before a text that calls them.
TOUCHSTONE_EXPORT int32_t touchstone_module_define(void* handle, const char* source) {
  return guarded([&] { module(handle).define(source); });
}

// Runs a program out of a file. Only for our own: a stranger's belongs into a container.
TOUCHSTONE_EXPORT int32_t touchstone_module_load(const char* path, const char* device, void** result) {
  return guarded([&] {
    *result = new torch::jit::Module(torch::jit::load(std::string(path), device_of(device)));
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_module_save(void* handle, const char* path) {
  return guarded([&] { module(handle).save(std::string(path)); });
}

TOUCHSTONE_EXPORT int32_t touchstone_module_train(void* handle, int32_t on) {
  return guarded([&] { module(handle).train(on != 0); });
}

TOUCHSTONE_EXPORT int32_t touchstone_module_to(void* handle, const char* device) {
  return guarded([&] { module(handle).to(device_of(device)); });
}

// Names of all parameters, or of all buffers, of a module and those in it, each on a line; valid until the next call.
TOUCHSTONE_EXPORT int32_t touchstone_module_names(void* handle, int32_t buffers, const char** names) {
  return guarded([&] {
    std::ostringstream text;
    if (buffers) {
      for (const auto& buffer : module(handle).named_buffers()) text << buffer.name << '\n';
    } else {
      for (const auto& parameter : module(handle).named_parameters()) text << parameter.name << '\n';
    }
    last_text = text.str();
    *names = last_text.c_str();
  });
}

// A parameter or buffer by its dotted name; the tensor is the module's own, not a copy.
TOUCHSTONE_EXPORT int32_t touchstone_module_tensor(void* handle, const char* path, void** result) {
  return guarded([&] {
    auto [holder, name] = holder_of(module(handle), path);
    *result = handle_of(holder.attr(name).toTensor());
  });
}

TOUCHSTONE_EXPORT int32_t touchstone_module_run(
    void* handle, const char* method, const TouchstoneValue* arguments, int32_t count, TouchstoneValue* results,
    int32_t capacity, int32_t* result_count) {
  return guarded([&] {
    // The executor would look at the first run and compute later ones by another plan, which rounds differently: training that
    // was cut off would not go on as if nothing had happened.
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    auto found = module(handle).find_method(method);
    TORCH_CHECK(found.has_value(), "The module has no method ", method, ".");
    Results values;
    values.add((*found)(stack_of(arguments, count)));
    values.give(results, capacity, result_count);
  });
}
